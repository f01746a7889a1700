import { arg, expand, type Mount, type Stage, StagecraftError, stage } from '@stagecraft/core';
import { apk } from '../mixins/packages.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { secretMounts } from '../service/secrets.ts';
import { builderStage } from '../service/service-targets.ts';
import type { NodeSettings } from './options.ts';
import type { PackageManager } from './package-manager.ts';

/** What packages with C or C++ in them are compiled with, by `node-gyp`. */
const nativeTools = ['g++', 'make', 'python3'] as const;

/** Native modules are compiled for a C library and a version of Node.js: builder and runtime must agree on both. */
export function baseStage(settings: NodeSettings, runtime: Runtime, manager: PackageManager): Stage<'shell'> {
  const [, own = '24'] = /node(?:js)?:?(\d+)/u.exec(runtime.image) ?? [];
  const wanted = settings.version ?? own;
  if (wanted.split('.')[0] !== own) {
    throw new StagecraftError(
      'project-unsupported',
      `"${runtime.image}" has Node.js ${own}, not ${wanted}.`,
      {
        hint: `Set version: "${own}", or choose a runtime with Node.js ${wanted}.`,
      },
    );
  }
  const nodeVersion = arg('NODE_VERSION', wanted);
  const isMusl = runtime.libc === 'musl';
  const usual = isMusl ? expand`node:${nodeVersion}-alpine` : expand`node:${nodeVersion}-trixie-slim`;
  const base = builderStage('base', settings.builder, usual).workdir('/app').env({
    CI: 'true',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    NPM_CONFIG_FUND: 'false',
    NPM_CONFIG_AUDIT: 'false',
  });
  const equipped = settings.nativeModules ? withNativeTools(base, isMusl) : base;
  if (manager.setup === undefined) return equipped;
  return equipped.run(manager.setup, { mounts: credentials(settings) });
}

function withNativeTools(base: Stage<'shell'>, isMusl: boolean): Stage<'shell'> {
  return isMusl ? base.with(apk(nativeTools)) : aptInstall(base, nativeTools);
}

/** What the package manager sees of credentials. */
export function credentials(settings: NodeSettings): readonly Mount[] {
  const { npmrc } = settings;
  return secretMounts(settings, npmrc === undefined ? undefined : { id: npmrc, target: '/root/.npmrc' });
}

/** The packages the program needs at run time, installed beside the build. */
export function installedPackages(
  base: Stage<'shell'>,
  settings: NodeSettings,
  manager: PackageManager,
): Stage<'shell'> {
  const start = stage('deps').from(base);
  const ready = settings.reproducible ? withEpoch(start) : start;
  return install(ready, settings, manager, manager.installProduction, ...layOutPackages(settings, manager));
}

/** The same packages, out of those that the build had. */
export function prunedPackages(
  build: Stage<'shell'>,
  settings: NodeSettings,
  manager: PackageManager,
  prune: string,
): Stage<'shell'> {
  const start = stage('deps').from(build);
  return start.run(prune, `rm -rf ${tree}`, ...layOutPackages(settings, manager));
}

/** A project may need no package at all; the directory is copied all the same. */
function layOutPackages({ reproducible }: NodeSettings, { dated }: PackageManager): readonly string[] {
  return [
    ...(reproducible && dated.length > 0 ? [`rm -f ${dated.join(' ')}`] : []),
    `mkdir -p node_modules ${tree}/app`,
    `mv node_modules ${tree}/app/`,
    ...(reproducible ? [touch(tree)] : []),
  ];
}

/** Installs everything, builds, and lays out what the image gets beside its packages. */
export function buildStage(
  base: Stage<'shell'>,
  settings: NodeSettings,
  manager: PackageManager,
  script: string | undefined,
  outputs: readonly string[],
): Stage<'shell'> {
  const installed = install(stage('build').from(base), settings, manager, manager.install).copy('.', '.');
  const layOut = [`mkdir -p ${tree}/app`, `cp -R --parents package.json ${outputs.join(' ')} ${tree}/app`];
  const steps = [...(script === undefined ? [] : [manager.run(script)]), ...layOut];
  if (!settings.reproducible) return installed.run(...steps);
  return withEpoch(installed).run(...steps, touch(tree));
}

function install(
  start: Stage<'shell'>,
  settings: NodeSettings,
  manager: PackageManager,
  ...commands: readonly string[]
): Stage<'shell'> {
  const step = { reads: manager.reads, caches: [manager.cache], mounts: credentials(settings) };
  return runWith(start, settings.profile, step, ...commands);
}
