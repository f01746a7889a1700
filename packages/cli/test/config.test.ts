import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newDirectory, type Run, runStagecraft } from './run-stagecraft.ts';

const directory = newDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const stagecraft = (...args: readonly string[]): Promise<Run> => runStagecraft(directory, args);
const write = (name: string, text: string): void => {
  mkdirSync(join(directory, name, '..'), { recursive: true });
  writeFileSync(join(directory, name), text);
};
const config = (name: string, text: string): void =>
  write(name, `import { defineConfig } from 'stagecraft';\nexport default defineConfig(${text});\n`);

write(
  'deploy/image.ts',
  `import { final } from '@stagecraft/core';
export const api = final().from('alpine:3.22').copy('a', '/', { link: true }).user('1000').cmd(['api']);
export const web = final().from('alpine').cmd(['web']);
`,
);
write('docker/api', 'FROM alpine:3.22\nCOPY a /\nUSER 1000\nCMD ["api"]\n');
config(
  'stagecraft.config.ts',
  `{ file: 'deploy/image.ts', target: 'api', dockerfile: 'docker/api', lint: { off: ['pin-digest', 'healthcheck-missing'] } }`,
);

test('the configuration gives the defaults, and the command line wins', async () => {
  const [plain, other, current] = await Promise.all([
    stagecraft('render'),
    stagecraft('render', '--target', 'web'),
    stagecraft('check', '--json'),
  ]);
  expect(plain.stdout).toContain('CMD ["api"]');
  expect(other.stdout).toContain('CMD ["web"]');
  expect(JSON.parse(current.stdout)).toMatchObject({ file: 'docker/api', isCurrent: false });
});

test('lint takes rules and a policy from it', async () => {
  config(
    'strict.config.ts',
    `{ file: 'deploy/image.ts', lint: { format: 'json', policy: { requiredLabels: ['team'] } } }`,
  );
  const [usual, strict] = await Promise.all([
    stagecraft('lint'),
    stagecraft('--config', 'strict.config.ts', 'lint'),
  ]);
  expect(usual.stdout).not.toContain('pin-digest');
  expect(usual.stdout).toContain('no-untagged-base');
  expect(JSON.parse(strict.stdout).warnings.map(({ ruleName }: { ruleName: string }) => ruleName)).toEqual(
    expect.arrayContaining(['no-root-user', 'missing-label']),
  );
});

test('--cwd works in another directory', async () => {
  const { stdout } = await stagecraft('render', 'image.ts', '--target', 'web', '--cwd', 'deploy');
  expect(stdout).toContain('CMD ["web"]');
  expect(await stagecraft('--cwd', 'nowhere', 'render')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"nowhere" is no directory to work in.'),
  });
});

test.each([
  [`{ biuld: {} }`, '"bad.config.ts" has an unknown key "biuld".'],
  [`{ build: { tags: [] } }`, '"bad.config.ts" has an unknown key "build.tags".'],
  [`{ profile: 'new' }`, '"bad.config.ts" sets "profile" to "new".'],
  ['42 as never', '"bad.config.ts" exports no configuration.'],
])('refuses %s', async (text, message) => {
  config('bad.config.ts', text);
  const { code, stderr } = await stagecraft('--config', 'bad.config.ts', 'build');
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

test('refuses a configuration that is not there', async () => {
  expect(await stagecraft('--config', 'none.ts', 'render')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no configuration "none.ts".'),
  });
});
