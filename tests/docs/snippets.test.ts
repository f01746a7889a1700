import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages, root, runSnippet, snippetsOf, textOf } from './snippets.ts';

const directory = mkdtempSync(join(tmpdir(), 'stagecraft-snippets-'));
const all = pages().flatMap((page) => snippetsOf(page, textOf(page)));

// Presets look at the project in the working directory.
const project = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'cmd/api/main.go': 'package main\n\nfunc main() {}\n',
  'package.json': '{"name":"web","version":"1.0.0","main":"server.js"}',
  'package-lock.json': '{"name":"web","version":"1.0.0","lockfileVersion":3,"packages":{}}',
  'server.js': '',
  'requirements.txt': '',
  'jobs/main.py': '',
};

beforeAll(() => {
  for (const [path, content] of Object.entries(project)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  process.chdir(directory);
});

afterAll(() => {
  process.chdir(root);
  rmSync(directory, { recursive: true, force: true });
});

test('the pages have snippets, and most run without an engine', () => {
  expect(all.length).toBeGreaterThanOrEqual(20);
  expect(all.filter(({ needsEngine }) => needsEngine).length).toBeLessThanOrEqual(3);
  expect(all.filter(({ dockerfile }) => dockerfile !== undefined).length).toBeGreaterThanOrEqual(10);
});

test.each(
  all
    .filter(({ needsEngine }) => !needsEngine)
    .map((snippet) => [`${snippet.page}:${snippet.line}`, snippet] as const),
)('the snippet at %s runs and prints what the page shows', async (_, snippet) => {
  expect(await runSnippet(snippet, directory)).toEqual([]);
});

const planted = (code: string, output = ''): string => `\`\`\`ts\n${code}\n\`\`\`\n\n${output}`;
const image = "import { final } from '@stagecraft/core';\nexport default final().from('debian:13-slim');";

test.each([
  ['that throws', planted("throw new Error('broken');"), 'broken'],
  ['that does not compile', planted('const = 1;'), 'ended with'],
  ['whose import is not there', planted("import '@stagecraft/none';"), '@stagecraft/none'],
  ['that the library refuses', planted(image.replace('debian:13-slim', '')), 'invalid-value'],
  ['with another Dockerfile', planted(image, '```dockerfile\nFROM debian:12-slim\n```\n'), 'but prints'],
  ['with another text', planted("console.log('one');", '```text\ntwo\n```\n'), 'but says\none'],
  ['without the image it shows', planted('export {};', '```dockerfile\nFROM a\n```\n'), 'no default export'],
])('a snippet %s fails', async (name, markdown, expected) => {
  const [snippet] = snippetsOf(`planted-${name}.md`, markdown);
  if (snippet === undefined) throw new Error('The planted page has no snippet.');
  expect((await runSnippet(snippet, directory)).join('\n')).toContain(expected);
});
