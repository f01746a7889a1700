import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkApi } from '../../scripts/api-report.mjs';
import { plant } from './planted.ts';

const manifest = JSON.stringify({
  name: '@planted/tool',
  version: '1.0.0',
  type: 'module',
  exports: {
    '.': { import: { types: './dist/index.d.ts', default: './dist/index.js' } },
    './extra': { import: { types: './dist/extra.d.ts', default: './dist/extra.js' } },
    './package.json': './package.json',
  },
});
const extra = 'export declare const size: number;\n';

function packageWith(index: string): string {
  return plant({ 'package.json': manifest, 'dist/index.d.ts': index, 'dist/extra.d.ts': extra });
}

it('accepts an entry point that matches its report, and names the report after the entry', () => {
  const directory = packageWith('export declare function greet(name: string): string;\n');
  expect(checkApi(directory, { write: true }).map((entry) => entry.report)).toEqual([
    `${directory}/tool.api.md`,
    `${directory}/tool.extra.api.md`,
  ]);
  expect(checkApi(directory).map((entry) => entry.changed)).toEqual([false, false]);
});

it('refuses a changed signature', () => {
  const directory = packageWith('export declare function greet(name: string): string;\n');
  checkApi(directory, { write: true });
  writeFileSync(`${directory}/dist/index.d.ts`, 'export declare function greet(name: number): string;\n');
  const [main, other] = checkApi(directory);
  expect(main?.changed).toBe(true);
  expect(main?.diff).toContain('-export function greet(name: string): string;');
  expect(main?.diff).toContain('+export function greet(name: number): string;');
  expect(other?.changed).toBe(false);
});

it('refuses an entry point that has no report yet', () => {
  const directory = packageWith('export declare function greet(): string;\n');
  expect(checkApi(directory).map((entry) => entry.changed)).toEqual([true, true]);
});

it('refuses declarations that do not compile', () => {
  const directory = packageWith('export declare function greet(name: Missing): void;\n');
  expect(() => checkApi(directory)).toThrow('Missing');
});

it('tells of a type that users meet but cannot name, and keeps it out of the report', () => {
  const directory = packageWith(
    'interface Hidden {\n  readonly a: 1;\n}\nexport declare function get(): Hidden;\nexport {};\n',
  );
  expect(checkApi(directory, { write: true })[0]?.unnamed).toEqual(['Hidden']);
  expect(readFileSync(`${directory}/tool.api.md`, 'utf8')).not.toContain('Warning');
});

it('refuses a package without types instead of finding nothing to compare', () => {
  const bare = JSON.stringify({ name: 'bare', version: '1.0.0', exports: { '.': './dist/index.js' } });
  expect(() => checkApi(plant({ 'package.json': bare }))).toThrow('"bare" has no entry point with types.');
});
