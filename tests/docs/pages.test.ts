import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commandsPage, profilesPage, rulesPage } from './indexes.ts';
import { deadLinks } from './links.ts';
import { pages, root, textOf } from './snippets.ts';

const linked = [...pages(), 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'scripts/README.md'];
const headings = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^## `?([^`\n]+)`?$/gmu)].map(([, heading]) => heading ?? '');

test.each(linked)('every link of %s leads somewhere', (page) => {
  expect(deadLinks(page, textOf(page))).toEqual([]);
});

test('a link to a missing page and one to a missing heading are dead', () => {
  const page =
    '[a](none.md) [b](concepts.md#none) [c](concepts.md#profiles) [d](#here) [e](#gone)\n\n## Here\n';
  expect(deadLinks('docs/planted.md', page)).toEqual(['none.md', 'concepts.md#none', '#gone']);
});

test('every error code has a section, and every section is a code', () => {
  const source = textOf('packages/core/src/errors/error-code.ts');
  const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gmu)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(30);
  expect([...headings('docs/errors.md')].sort()).toEqual(codes.sort());
});

// After a change of the commands or rules: vitest run --project unit tests/docs --update
test('the page of the commands says what their own help says', async () => {
  const page = commandsPage();
  expect(page.match(/^## `stagecraft /gmu)?.length).toBeGreaterThanOrEqual(8);
  await expect(page).toMatchFileSnapshot(join(root, 'docs/cli.md'));
});

test('the index of the lint rules lists all of them', async () => {
  await expect(rulesPage()).toMatchFileSnapshot(join(root, 'docs/rules/index.md'));
});

test('the page of the profiles lists every feature of the language', async () => {
  await expect(profilesPage()).toMatchFileSnapshot(join(root, 'docs/profiles.md'));
});

test('every preset is in the index', () => {
  const folders = readdirSync(join(root, 'packages/presets/src')).filter((name) =>
    existsSync(join(root, 'packages/presets/src', name, 'README.md')),
  );
  const presets = textOf('docs/presets.md');
  expect(folders.filter((name) => !presets.includes(`src/${name}/README.md`))).toEqual([]);
});

test('every page of the docs can be reached from the first one', () => {
  const seen = new Set(['docs/README.md']);
  for (const page of seen) {
    for (const [, target = ''] of textOf(page).matchAll(/\]\(([^)#\s]+\.md)/gu)) {
      const path = join(dirname(page), target);
      if (path.startsWith('docs/') && existsSync(join(root, path))) seen.add(path);
    }
  }
  expect(pages().filter((page) => page.startsWith('docs/') && !seen.has(page))).toEqual([]);
});
