import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newDirectory, type Run, runStagecraft } from './run-stagecraft.ts';

const directory = newDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const stagecraft = (...args: readonly string[]): Promise<Run> => runStagecraft(directory, args);
const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);

test('says its version, and refuses wrong use with exit code 2', async () => {
  const [version, option, command] = await Promise.all([
    stagecraft('--version'),
    stagecraft('render', '--jsn', '--json'),
    stagecraft('rendr'),
  ]);
  expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  expect(option).toMatchObject({ code: 2, stderr: '' });
  expect(JSON.parse(option.stdout)).toMatchObject({
    error: {
      code: 'invalid-options',
      message: 'Unknown option "--jsn".',
      hint: 'Did you mean --json?',
    },
  });
  expect(command).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error invalid-options  Unknown command "rendr".\n  Did you mean render?\n',
  });
});

test('shows the line of a syntax error', async () => {
  write('bad.ts', 'import { final } from "@stagecraft/core";\nexport default final(.from("a");\n');
  expect(await stagecraft('render', 'bad.ts')).toEqual({
    code: 2,
    stdout: '',
    stderr: `error config-rejected  "bad.ts" has a syntax error: Unexpected token.
  bad.ts:2:21
      1 │ import { final } from "@stagecraft/core";
    > 2 │ export default final(.from("a");
        │                     ^
      3 │
  Mend the marked line; nothing was run.
`,
  });
});

test('check prints a unified diff and ends with 1 when the Dockerfile is not what the code says', async () => {
  write(
    'image.ts',
    `import { final } from '@stagecraft/core';
export default async () => ({ api: final().from('alpine:3.22').user('1000').cmd(['api']), web: final().from('web') });
`,
  );
  write('Dockerfile', 'FROM alpine:3.22\nUSER 0\nCMD ["api"]\n');
  const [rendered, checked] = await Promise.all([
    stagecraft('render', '--target', 'api'),
    stagecraft('check', '--target', 'api'),
  ]);
  expect(rendered).toEqual({ code: 0, stdout: 'FROM alpine:3.22\nUSER 1000\nCMD ["api"]\n', stderr: '' });
  expect(checked).toEqual({
    code: 1,
    stdout: '',
    stderr: `"Dockerfile" is not what "image.ts" says.
--- Dockerfile
+++ image.ts
@@ -1,3 +1,3 @@
 FROM alpine:3.22
-USER 0
+USER 1000
 CMD ["api"]
To update it: stagecraft render image.ts -o Dockerfile
`,
  });
});

test('init writes a file that renders, and overwrites nothing', async () => {
  mkdirSync(join(directory, 'new'));
  const first = await stagecraft('init', 'new/image.ts');
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.stderr).toContain('Wrote "new/image.ts" (plain).');
  const [rendered, again] = await Promise.all([
    stagecraft('render', 'new/image.ts'),
    stagecraft('init', 'new/image.ts'),
  ]);
  expect(rendered).toMatchObject({ code: 0, stdout: expect.stringContaining('FROM debian:trixie-slim\n') });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  expect(readFileSync(join(directory, 'new/image.ts'), 'utf8')).toContain('export default final()');
});

test('init says what never travels, unless somebody said it before', async () => {
  for (const name of ['own', 'node']) mkdirSync(join(directory, name));
  write('own/.dockerignore', 'data\n');
  write('node/package.json', '{}');
  const [own, node] = await Promise.all([
    stagecraft('init', 'own/image.ts'),
    stagecraft('init', 'node/image.ts'),
  ]);
  expect(own.stderr).not.toContain('.dockerignore');
  expect(readFileSync(join(directory, 'own/.dockerignore'), 'utf8')).toBe('data\n');
  expect(node.stderr).toContain('Wrote "node/.dockerignore".');
  const lines = readFileSync(join(directory, 'node/.dockerignore'), 'utf8').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining(['image.ts', '.git', '**/node_modules', '**/.env', '!**/dist']),
  );
});

test('lints by the policy of a company, and refuses what is none', async () => {
  write('policy.ts', "export default { allowedRegistries: ['registry.example.com'] };\n");
  write('none.ts', 'export const policy = 1;\n');
  write('Dockerfile.policy', 'FROM debian:13-slim\nUSER 65532:65532\n');
  const [held, none] = await Promise.all([
    stagecraft('lint', 'Dockerfile.policy', '--policy', './policy.ts', '--json'),
    stagecraft('lint', 'Dockerfile.policy', '--policy', 'none.ts'),
  ]);
  expect(held.code).toBe(1);
  expect(JSON.parse(held.stdout).warnings).toMatchObject([{ ruleName: 'registry-not-allowed' }]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('A policy has no "policy"') });
});
