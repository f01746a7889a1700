import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkshop, type Project, type Workshop } from './project.ts';
import { calculator, calculatorLines, commonModule, entries, esModule, instructionsOf } from './samples.ts';

let workshop: Workshop;
let project: Project;

beforeAll(async () => {
  workshop = await openWorkshop();
  project = workshop.project('npm');
  const { code, output } = await project.run('npm', [
    'install',
    '@stagecraft/core',
    '@stagecraft/presets',
    workshop.cliTarball,
  ]);
  if (code !== 0) throw new Error(output);
  project.write('main.mjs', esModule);
  project.write('main.cjs', commonModule);
});
afterAll(() => workshop?.close());

describe.each([
  ['this Node', [process.execPath]],
  ['Node 22.23.3', ['npx', '--yes', '--package=node@22.23.3', 'node']],
  ['Node 24.21.0', ['npx', '--yes', '--package=node@24.21.0', 'node']],
])('on %s', (name, [command = '', ...args]) => {
  it.each(['main.mjs', 'main.cjs'])('%s loads every entry and prints a Dockerfile', async (file) => {
    const { code, output, stdout } = await project.run(command, [...args, file]);
    expect(output).not.toMatch(/warning/iu);
    expect(code).toBe(0);
    const { text, names, node } = JSON.parse(stdout);
    expect(instructionsOf(text)).toEqual(calculatorLines);
    for (const [entry, expected] of Object.entries(entries))
      expect(names[entry]).toEqual(expect.arrayContaining([...expected]));
    if (name !== 'this Node') expect(name).toBe(`Node ${node}`);
  });

  it('the command loads TypeScript and its configuration, and draws a graph', async () => {
    project.write(
      'deploy/image.ts',
      `import { final, stage } from '@stagecraft/core';
const builder: ReturnType<typeof stage> = stage('builder');
export const app = final().from('scratch').copyFrom(builder.from('debian:trixie-slim').run('true'), '/a', '/b');
`,
    );
    project.write(
      'stagecraft.config.ts',
      "import { defineConfig } from 'stagecraft';\nexport default defineConfig({ file: 'deploy/image.ts' });\n",
    );
    const cli = 'node_modules/stagecraft/dist/stagecraft.js';
    const rendered = await project.run(command, [...args, cli, 'render']);
    expect(rendered.code, rendered.output).toBe(0);
    expect(instructionsOf(rendered.stdout)).toContain('COPY --from=builder /a /b');
    const drawn = await project.run(command, [...args, cli, 'graph', '--format', 'svg']);
    expect(drawn.stdout).toContain('</svg>');
  });
});

it('prints stages that were made by the other module format', async () => {
  project.write(
    'mixed.mjs',
    `import { createRequire } from 'node:module';
import { toDockerfile } from '@stagecraft/core';
const { stage, final } = createRequire(import.meta.url)('@stagecraft/core');
const builder = stage('builder').from('debian:trixie-slim').run('true');
console.log(toDockerfile(final().from('scratch').copyFrom(builder, '/a', '/b')));
`,
  );
  const { code, stdout, output } = await project.run(process.execPath, ['mixed.mjs']);
  expect(code, output).toBe(0);
  expect(instructionsOf(stdout)).toEqual([
    'FROM debian:trixie-slim AS builder',
    'RUN true',
    'FROM scratch',
    'COPY --from=builder /a /b',
  ]);
});

it('bundles for a browser without externals, and runs where there is nothing of Node', async () => {
  const contents = `import { stage, final, toDockerfile } from '@stagecraft/core';${calculator}globalThis.text = text;`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project.directory },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toMatch(/["'`]node:[a-z]/u);
  // What every browser has besides the language itself; no process, no Buffer, no require.
  const page = createContext({ TextEncoder, TextDecoder, URL });
  runInContext(code, page);
  expect(instructionsOf(runInContext('text', page))).toEqual(calculatorLines);
});

it('brings the command', async () => {
  const { code, stdout } = await project.run('npx', ['stagecraft', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: stagecraft');
});

it('ships a licence with every package', () => {
  for (const name of ['@stagecraft/core', '@stagecraft/presets', 'stagecraft']) {
    const text = readFileSync(join(project.directory, 'node_modules', name, 'LICENSE'), 'utf8');
    expect(text).toContain('Apache License');
  }
});
