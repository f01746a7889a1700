import { arg, expand, type ShellCapability, type Stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';

export interface BunOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Bun. Default: `'1.4'`. */
  readonly version?: string;
  /** The file to run. Default: `'src/index.ts'`. */
  readonly entry?: string;
  /** Name of the program that is compiled. Default: `'server'`. */
  readonly binary?: string;
}

const schema = z.object({
  version: version.default('1.4'),
  entry: safePath.default('src/index.ts'),
  binary: safeName.default('server'),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * A Bun service: compiled with its packages and Bun itself into one program.
 *
 * Throws `project-unsupported` without `bun.lock` or for a runtime that lacks glibc, and `invalid-options`.
 * @example
 * export default bun({ entry: 'src/server.ts', port: 3000 }).final;
 */
export function bun(options?: BunOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function bun<C extends ShellCapability>(
  options: BunOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function bun(options: BunOptions = {}): ServicePreset<ShellCapability> {
  const settings = parseServiceOptions('bun', schema, options);
  const runtime = options.runtime ?? distroless('base-nossl');
  const files = projectFiles(options);
  requireLanguage(
    runtime,
    ['none'],
    'Bun is compiled into the program: use distroless("base-nossl") or slim().',
  );
  requireLibc(runtime, 'glibc', 'Use distroless("base-nossl") or slim().');
  requireFile(files, ['package.json'], 'Bun', 'Run "bun init" and commit the file.');
  const lockfile = requireFile(
    files,
    ['bun.lock', 'bun.lockb'],
    'Bun',
    'Run "bun install" and commit the lockfile.',
  );
  const tested = withTests(buildStage(settings, lockfile), settings, 'bun test');
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start.with((image) => copyTree(image, tested.made, settings.profile)).workdir('/'),
      where,
      { program: `/${settings.binary}` },
      settings,
    ),
  );
}

function buildStage(settings: Settings, lockfile: string): Stage<'shell'> {
  const { builder, profile, entry, binary, reproducible } = settings;
  const usual = expand`oven/bun:${arg('BUN_VERSION', settings.version)}`;
  const caches = [{ id: 'bun', target: '/root/.bun/install/cache' }];
  const installed = runWith(
    builderStage('build', builder, usual).workdir('/app'),
    profile,
    { reads: ['package.json', lockfile], caches, mounts: secretMounts(settings) },
    'bun install --frozen-lockfile',
  ).copy('.', '.');
  return withEpoch(installed).run(
    `bun build --compile --minify --outfile ${tree}/${binary} ${entry}`,
    ...(reproducible ? [touch(tree)] : []),
  );
}
