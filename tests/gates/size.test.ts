import { expect, it } from 'vitest';
import { checkSize } from '../../scripts/size.mjs';
import { plant } from './planted.ts';

const source = "import { stage } from './index.js'; globalThis.stage = stage;";

it('measures a bundle under the ceiling', async () => {
  const directory = plant({ 'index.js': "export const stage = () => 'FROM scratch';\n" });
  const report = await checkSize({ source, directory, ceilingBytes: 500 });
  expect(report.problems).toEqual([]);
  expect(report.gzipBytes).toBeGreaterThan(40);
});

it('refuses a bundle over the ceiling', async () => {
  const words = Array.from({ length: 500 }, (_, index) => `word${index}`).join(' ');
  const directory = plant({ 'index.js': `export const stage = () => '${words}';\n` });
  const report = await checkSize({ source, directory, ceilingBytes: 500 });
  expect(report.problems).toEqual([`${report.gzipBytes} bytes gzipped is over the ceiling of 500.`]);
});

it('refuses a built-in module of Node', async () => {
  const directory = plant({
    'index.js': "import { readFileSync } from 'node:fs';\nexport const stage = readFileSync;\n",
  });
  const { problems } = await checkSize({ source, directory, ceilingBytes: 500 });
  expect(problems).toEqual(['Could not resolve "node:fs"']);
});

it('refuses a built-in module that is only loaded when called', async () => {
  const directory = plant({
    'index.js': "const name = 'node:fs';\nexport const stage = () => import(name);\n",
  });
  const { problems } = await checkSize({ source, directory, ceilingBytes: 500 });
  expect(problems).toEqual(['"node:fs" must not appear in the bundle.']);
});

it('refuses an engine in the pure entry', async () => {
  const directory = plant({ 'index.js': "export const stage = () => globalThis.require('dockerode');\n" });
  const { problems } = await checkSize({ source, directory, ceilingBytes: 500 });
  expect(problems).toEqual(['"dockerode" must not appear in the bundle.']);
});
