import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { plant, type RunResult, root, runTool } from './planted.ts';

let result: RunResult;

beforeAll(() => {
  const manifest = {
    name: '@planted/tool',
    version: '1.0.0',
    type: 'module',
    exports: './src/index.ts',
    dependencies: { picocolors: '1.1.1' },
  };
  const directory = plant({
    'package.json': JSON.stringify({
      name: 'planted',
      private: true,
      type: 'module',
      workspaces: ['packages/*'],
    }),
    'packages/tool/package.json': JSON.stringify(manifest),
    'packages/tool/src/index.ts': "export { used } from './parts.ts';\n",
    'packages/tool/src/parts.ts': 'export const used = 1;\nexport const unused = 2;\n',
    'packages/tool/src/forgotten.ts': 'export const forgotten = 1;\n',
    'packages/tool/src/stage.test-d.ts': 'export {};\n',
  });
  copyFileSync(join(root, 'knip.json'), join(directory, 'knip.json'));
  result = runTool(directory, 'knip', []);
});

it('refuses a file that nothing imports', () => {
  expect(result.output).toContain('packages/tool/src/forgotten.ts');
  expect(result.code).toBe(1);
});

it('refuses an export that nothing imports', () => {
  expect(result.output).toMatch(/^unused +packages\/tool\/src\/parts\.ts/mu);
});

it('refuses a dependency that nothing imports', () => {
  expect(result.output).toMatch(/^picocolors +packages\/tool\/package\.json/mu);
});

it('accepts the public entry and the type tests', () => {
  expect(result.output).not.toContain('index.ts');
  expect(result.output).not.toContain('stage.test-d.ts');
});
