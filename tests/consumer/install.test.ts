import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkshop, root, type Workshop } from './project.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop?.close());

const packages = (): readonly string[] => ['@stagecraft/core', '@stagecraft/presets', workshop.cliTarball];

/** Each package manager with the Node that it needs. */
const managers: Readonly<Record<string, readonly string[]>> = {
  'npm of this machine': ['npm', 'install'],
  'pnpm 10.34.9': [join(root, 'node_modules/.bin/pnpm'), 'add'],
  'pnpm 11.28.11': ['npx', '--yes', '--package=node@24.21.0', '--package=pnpm@11.28.11', 'pnpm', 'add'],
  'pnpm 12.21.0': ['npx', '--yes', '--package=pnpm@12.21.0', 'pnpm', 'add'],
};

it.each(Object.keys(managers))('installs with %s, and no install script runs or is refused', async (name) => {
  const [command = '', ...args] = managers[name] ?? [];
  const project = workshop.project(name.replaceAll(' ', '-'));
  const { code, output } = await project.run(command, [...args, ...packages()]);
  expect(output).not.toMatch(/build scripts|install.?scripts|allow-?scripts|gyp|ERR_|ERESOLVE|peer/iu);
  expect(code).toBe(0);
  expect(existsSync(join(project.directory, 'node_modules/@stagecraft/core/dist/index.js'))).toBe(true);
  expect(packagesWithScripts(join(project.directory, 'node_modules'))).toEqual([]);
});

it('would notice a dependency that has an install script', async () => {
  const project = workshop.project('planted');
  await project.run('npm', ['install', '--ignore-scripts', 'protobufjs@7.6.6']);
  expect(packagesWithScripts(join(project.directory, 'node_modules'))).toEqual(['protobufjs postinstall']);
  const [command = '', ...args] = managers['pnpm 12.21.0'] ?? [];
  const { code, output } = await workshop.project('planted-pnpm').run(command, [...args, 'protobufjs@7.6.6']);
  expect(output).toMatch(/build scripts/iu);
  expect(code).toBe(1);
});

/** Every installed package that would run something on install. */
function packagesWithScripts(directory: string): string[] {
  const found: string[] = [];
  for (const manifestPath of manifestsIn(directory)) {
    const { name, scripts = {} } = JSON.parse(readFileSync(manifestPath, 'utf8'));
    const hooks = ['preinstall', 'install', 'postinstall'].filter((hook) => hook in scripts);
    const usesGyp = existsSync(join(manifestPath, '../binding.gyp'));
    if (hooks.length > 0 || usesGyp)
      found.push(`${name} ${[...hooks, ...(usesGyp ? ['binding.gyp'] : [])].join(' ')}`);
  }
  return found;
}

/** The manifest of every package under a node_modules folder, also in pnpm's own store folder. */
function manifestsIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|node_modules\/)(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/u.test(path))
    .map((path) => join(directory, path));
}
