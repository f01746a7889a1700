import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callEngine, engineAddress } from '../../scripts/lib/engine-client.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { openWorkshop, type Project, root, type Workshop } from './project.ts';

const tag = `stagecraft-consumer:${process.pid}`;
let workshop: Workshop;
let project: Project;

beforeAll(async () => {
  await run(join(root, 'node_modules/.bin/pnpm'), ['run', 'build'], { cwd: root });
  workshop = await openWorkshop();
  project = workshop.project('build');
  // Only what the documentation names: no dockerode, nothing else added by hand.
  const { code, output } = await project.run('npm', ['install', '@stagecraft/core', workshop.cliTarball]);
  if (code !== 0) throw new Error(output);
  project.write('hello.txt', 'hello\n');
}, 600_000);

afterAll(async () => {
  await callEngine(engineAddress(), { method: 'DELETE', path: `/images/${tag}?force=true` });
  workshop?.close();
});

/** The image of the tag as the engine shows it. */
async function inspect(): Promise<{ readonly Id: string; readonly Config: { readonly Labels: object } }> {
  const { status, text } = await callEngine(engineAddress(), { path: `/images/${tag}/json` });
  expect(status, text).toBe(200);
  return JSON.parse(text);
}

const image = "final().from('scratch').copy('hello.txt', '/').label({ format: FORMAT })";
const report = 'console.log(JSON.stringify({ imageId }))';

it.each([
  [
    'an ES module',
    'build.mjs',
    `import { final } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';
const FORMAT = 'an ES module';
const { imageId } = await build(${image}, { context: '.', tags: ['${tag}'] });
${report};`,
  ],
  [
    'a CommonJS module',
    'build.cjs',
    `const { final } = require('@stagecraft/core');
const { build } = require('@stagecraft/core/build');
const FORMAT = 'a CommonJS module';
build(${image}, { context: '.', tags: ['${tag}'] }).then(({ imageId }) => ${report});`,
  ],
])('%s builds on the daemon with nothing else installed', async (format, file, source) => {
  project.write(file, source);
  const { code, stdout, output } = await project.run(process.execPath, [file]);
  expect(code, output).toBe(0);
  const inspected = await inspect();
  expect(inspected.Id).toBe(JSON.parse(stdout).imageId);
  expect(inspected.Config.Labels).toEqual({ format });
});

it('the command builds on the daemon with nothing else installed', async () => {
  project.write(
    'image.ts',
    `import { final } from '@stagecraft/core';

export default final().from('scratch').copy('hello.txt', '/').label({ format: 'the command' });
`,
  );
  const { code, output } = await project.run('npx', [
    'stagecraft',
    'build',
    'image.ts',
    '--context',
    '.',
    '-t',
    tag,
  ]);
  expect(code, output).toBe(0);
  expect((await inspect()).Config.Labels).toEqual({ format: 'the command' });
});
