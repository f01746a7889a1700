import { expect, it } from 'vitest';
import { lintPackage } from '../../scripts/lint-package.mjs';
import { plant } from './planted.ts';

const code = { 'dist/index.js': 'export const size = 1;\n', 'dist/index.cjs': 'exports.size = 1;\n' };
const types = {
  'dist/index.d.ts': 'export declare const size: number;\n',
  'dist/index.d.cts': 'export declare const size: number;\n',
};
const entry = {
  import: { types: './dist/index.d.ts', default: './dist/index.js' },
  require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
};

function packageWith(exports: object, files: Readonly<Record<string, string>>): string {
  const manifest = {
    name: 'planted',
    version: '1.0.0',
    type: 'module',
    license: 'MIT',
    files: ['dist'],
    exports,
  };
  return plant({ 'package.json': JSON.stringify(manifest), ...files });
}

it('accepts a dual package with types for both', async () => {
  expect(await lintPackage(packageWith({ '.': entry }, { ...code, ...types }))).toEqual([]);
});

it('refuses an export that is not in the tarball', async () => {
  const problems = await lintPackage(
    packageWith({ '.': entry, './extra': './dist/extra.js' }, { ...code, ...types }),
  );
  expect(problems.join('\n')).toContain('publint FILE_DOES_NOT_EXIST');
});

it('refuses a package without any types, which attw alone would pass', async () => {
  const exports = { '.': { import: './dist/index.js', require: './dist/index.cjs' } };
  expect(await lintPackage(packageWith(exports, code))).toEqual(['attw: the package contains no types']);
});

it('refuses one entry without types beside one that has them', async () => {
  const untyped = { import: './dist/extra.js', require: './dist/extra.cjs' };
  const files = { 'dist/extra.js': 'export const width = 1;\n', 'dist/extra.cjs': 'exports.width = 1;\n' };
  const problems = await lintPackage(
    packageWith({ '.': entry, './extra': untyped }, { ...code, ...types, ...files }),
  );
  expect(problems).toContain('attw: "./extra" has no types for import and require');
});

it('refuses types of an ES module given to require', async () => {
  const masked = { types: './dist/index.d.ts', import: './dist/index.js', require: './dist/index.cjs' };
  const problems = await lintPackage(packageWith({ '.': masked }, { ...code, ...types }));
  expect(problems.join('\n')).toContain('attw FalseESM');
});
