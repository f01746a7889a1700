import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plant, root, runTool } from './planted.ts';

/** A small core that is compiled with the real settings of the pure part. */
function compile(files: Readonly<Record<string, string>>): {
  readonly code: number;
  readonly output: string;
} {
  const directory = plant({
    'package.json': '{ "type": "module" }',
    'packages/core/src/index.ts': 'export const size: number = 1;\n',
    ...files,
  });
  for (const name of ['tsconfig.base.json', 'packages/core/tsconfig.json']) {
    copyFileSync(join(root, name), join(directory, name));
  }
  return runTool(directory, 'tsc', ['-p', 'packages/core']);
}

it('lets context, engines and build.ts use Node', () => {
  const usesNode = 'export const directory: string = process.cwd();\n';
  const result = compile({
    'packages/core/src/build.ts': usesNode,
    'packages/core/src/context/walk.ts': usesNode,
    'packages/core/src/engines/docker/connect.ts': usesNode,
  });
  expect(result).toMatchObject({ code: 0 });
});

it.each([
  ['a global of Node', 'export const directory: string = process.cwd();\n', 'TS2591'],
  ['a buffer', "export const bytes: Uint8Array = Buffer.from('a');\n", 'TS2591'],
  ['a module of Node', "export { join } from 'node:path';\n", 'TS2591'],
  ['a type from Node', "export type { Stats } from 'node:fs';\n", 'TS2591'],
  ['an export without a written type', 'export const list = [1].map(String);\n', 'TS9010'],
  ['an enum', 'export enum Color {\n  Red,\n}\n', 'TS1294'],
])('refuses %s in the pure part', (_, content, code) => {
  const result = compile({ 'packages/core/src/print/planted.ts': content });
  expect(result.output).toContain(`packages/core/src/print/planted.ts(1,`);
  expect(result.output).toContain(code);
  expect(result.code).not.toBe(0);
});

it('refuses a wrong expectation in a type test', () => {
  const directory = plant({
    'packages/core/src/size.test-d.ts': `import { expectTypeOf, it } from 'vitest';

it('is a number', () => {
  expectTypeOf(1 as number).toEqualTypeOf<string>();
});

it('needs its error', () => {
  // @ts-expect-error: there is none
  const size: number = 1;
  expectTypeOf(size).toBeNumber();
});
`,
  });
  for (const name of ['vitest.config.ts', 'tsconfig.base.json', 'tsconfig.type-tests.json']) {
    copyFileSync(join(root, name), join(directory, name));
  }
  const { code, output } = runTool(directory, 'vitest', ['run', '--project', 'unit']);
  expect(output).toContain('is a number');
  expect(output).toContain("Unused '@ts-expect-error' directive");
  expect(output).toContain('2 failed');
  expect(code).toBe(1);
});
