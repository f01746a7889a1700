import { arg, expand, type ShellCapability, type Stage } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { secretMounts } from '../service/secrets.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { sourceOf } from '../service/sources.ts';
import { withTests } from '../service/test-stage.ts';
import type { BunSettings } from './options.ts';

/** The whole project with all its packages. */
export function installAll(settings: BunSettings, lockfile: string): Stage<'shell'> {
  return install(bunStage('build', settings), settings, lockfile, 'bun install --frozen-lockfile').copy(
    '.',
    '.',
  );
}

/** A program that Bun runs from its sources, on a runtime that has Bun. */
export function interpreted(
  settings: BunSettings,
  files: ProjectFiles,
  lockfile: string,
  runtime: Runtime,
): ServicePreset<ShellCapability> {
  const { entry, profile, reproducible, sources = [sourceOf(files, entry.replace(/^\.\//u, ''))] } = settings;
  const finish = reproducible ? [touch(tree)] : [];
  const packages = install(
    withEpoch(bunStage('deps', settings)),
    settings,
    lockfile,
    'bun install --frozen-lockfile --production',
    `mkdir -p node_modules ${tree}/app`,
    `mv node_modules ${tree}/app/`,
    ...finish,
  );
  const build = withEpoch(installAll(settings, lockfile)).run(
    `mkdir -p ${tree}/app`,
    `cp -R --parents package.json ${sources.join(' ')} ${tree}/app`,
    ...finish,
  );
  const tested = withTests(build, settings, 'bun test');
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .env('NODE_ENV', 'production')
        .with((image) => copyTree(copyTree(image, packages, profile), tested.made, profile))
        .workdir('/app'),
      where,
      { language: 'bun', program: entry },
      settings,
    ),
  );
}

function bunStage(name: string, { builder, version }: BunSettings): Stage<'shell'> {
  return builderStage(name, builder, expand`oven/bun:${arg('BUN_VERSION', version)}`).workdir('/app');
}

function install(
  start: Stage<'shell'>,
  settings: BunSettings,
  lockfile: string,
  ...commands: readonly string[]
): Stage<'shell'> {
  const caches = [{ id: 'bun', target: '/root/.bun/install/cache' }];
  const step = { reads: ['package.json', lockfile], caches, mounts: secretMounts(settings) };
  return runWith(start, settings.profile, step, ...commands);
}
