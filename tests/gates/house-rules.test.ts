import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plant, root, runTool } from './planted.ts';

/** Checks one planted file with the command of `pnpm check`; answers its exit code and what it printed. */
function check(path: string, content: string): { readonly code: number; readonly output: string } {
  const directory = plant({ [path]: content });
  for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(directory, name));
  return runTool(directory, 'biome', ['check', '--error-on-warnings', '.']);
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `export const value${index} = ${index};\n`).join('');
}

it('accepts a file of 300 lines of code, however many blank lines it has', () => {
  const text = `${lines(150)}\n\n${lines(300).split('\n').slice(150).join('\n')}`.replace('\n\n\n', '\n\n');
  expect(check('packages/core/src/util/long.ts', text)).toMatchObject({ code: 0 });
});

it.each([
  ['a file of 301 lines of code', 'packages/core/src/util/long.ts', lines(301), 'noExcessiveLinesPerFile'],
  [
    'a function of 51 lines',
    'packages/core/src/util/long.ts',
    `export function long(): number[] {\n  const list: number[] = [];\n${'  list.push(1);\n'.repeat(49)}  return list;\n}\n`,
    'noExcessiveLinesPerFunction',
  ],
  ['any', 'packages/core/src/util/a.ts', 'export const value: any = 1;\n', 'noExplicitAny'],
  ['an enum', 'packages/core/src/util/a.ts', 'export enum Color {\n  Red = 0,\n}\n', 'noEnum'],
  ['a default export', 'packages/presets/src/a.ts', 'export default 1;\n', 'noDefaultExport'],
  ['console in a library', 'packages/presets/src/a.ts', "console.log('hello');\n", 'noConsole'],
  [
    'a file name in camel case',
    'packages/cli/src/readFile.ts',
    'export const value = 1;\n',
    'useFilenamingConvention',
  ],
  [
    'a skipped test',
    'packages/core/src/util/a.test.ts',
    "import { it } from 'vitest';\n\nit.skip('is forgotten', () => {});\n",
    'noSkippedTests',
  ],
  [
    'a focused test',
    'packages/core/src/util/a.test.ts',
    "import { it } from 'vitest';\n\nit.only('hides the others', () => {});\n",
    'noFocusedTests',
  ],
  [
    'a test file that others could import',
    'packages/core/src/util/a.test.ts',
    "import { it } from 'vitest';\n\nexport const data = 1;\n\nit('is a test', () => {});\n",
    'noExportsInTest',
  ],
  [
    'a promise that nobody waits for',
    'packages/core/src/util/a.ts',
    'async function work(): Promise<void> {}\n\nexport function start(): void {\n  work();\n}\n',
    'noFloatingPromises',
  ],
  [
    'a promise taken for a condition',
    'packages/core/src/util/a.ts',
    'const ready = Promise.resolve(true);\n\nexport const text: string = ready ? "yes" : "no";\n'.replaceAll(
      '"',
      "'",
    ),
    'noMisusedPromises',
  ],
  ['double quotes', 'packages/core/src/util/a.ts', 'export const value = "text";\n', 'format'],
])('refuses %s', (_, path, content, rule) => {
  const { code, output } = check(path, content);
  expect(output).toContain(rule);
  expect(code).toBe(1);
});
