import { expect, test } from 'vitest';
import { typeErrors } from '../support/type-check.ts';
import { pages, type Snippet, snippetsOf, textOf } from './snippets.ts';

/** Each page is a folder, so that its snippets may import each other. */
const fileOf = ({ page, file }: Snippet): string => `${page.replaceAll('/', '-')}/${file}`;

test('every snippet of the docs has the types it needs', () => {
  const all = pages().flatMap((page) => snippetsOf(page, textOf(page)));
  const files = Object.fromEntries(all.map((snippet) => [fileOf(snippet), snippet.code]));
  expect(Object.keys(files).length).toBeGreaterThanOrEqual(20);
  // A page may show what a call gives without using it.
  expect(typeErrors(files, { allowsUnused: true })).toEqual([]);
});

test('a snippet with a wrong type, an unknown import or an unused name fails', () => {
  const found = typeErrors({
    'wrong.ts': "import { final } from '@stagecraft/core';\nexport default final().expose('a', {});\n",
    'import.ts': "import { finale } from '@stagecraft/core';\nexport default finale;\n",
    'unused.ts': "import { final, stage } from '@stagecraft/core';\nexport default final();\n",
    'right.ts': "import { final } from '@stagecraft/core';\nexport default final().from('alpine:3.22');\n",
  });
  expect(found.map((text) => text.split(' ')[0])).toEqual(['wrong.ts:2', 'import.ts:1', 'unused.ts:1']);
});
