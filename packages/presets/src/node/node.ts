import {
  arg,
  expand,
  type Mount,
  type ShellCapability,
  type Stage,
  StagecraftError,
  stage,
} from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireLanguage } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { sourceOf } from '../service/sources.ts';
import { type TestedBuild, withTests } from '../service/test-stage.ts';
import {
  findPackageManager,
  type PackageJson,
  type PackageManager,
  readPackageJson,
  requireTestScript,
} from './package-manager.ts';
import { findService, serviceStage } from './workspace-service.ts';

export interface NodeOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Node.js. Default: the runtime's own, else `'24'`. */
  readonly version?: string;
  /** The file to run. Default: `main` of `package.json`, else `'dist/index.js'`. */
  readonly entry?: string;
  /** The script that builds, or false. Default: `'build'` where `package.json` has such a script. */
  readonly build?: string | false;
  /** Files and directories the program needs beside its packages. Default: the one `entry` is in. */
  readonly outputs?: readonly string[];
  /** Flags of Node.js, such as `--enable-source-maps`. */
  readonly flags?: readonly string[];
  /** Name or directory of the service in a pnpm workspace; the context is the workspace. */
  readonly service?: string;
  /** Id of a secret that holds an `.npmrc` with credentials. */
  readonly npmrc?: string;
}

/** The stages of a Node.js service. */
export interface NodePreset<C extends ShellCapability> extends ServicePreset<C> {
  /** The packages the program needs at run time, in `/out/app/node_modules`. */
  readonly dependencies: Stage<'shell'>;
}

const schema = z.object({
  version: version.optional(),
  entry: safePath.optional(),
  build: z
    .union([z.string().regex(/^[\w:.-]+$/u, 'name a script of package.json'), z.literal(false)])
    .optional(),
  outputs: z.array(safePath).optional(),
  flags: z.array(z.string().startsWith('-', 'flags start with a dash')).default([]),
  service: z
    .string()
    .regex(/^[\w@./-]+$/u, 'name a package or a directory of the workspace')
    .optional(),
  npmrc: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .optional(),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * A Node.js service: installs what the lockfile says, builds, and copies the result beside the production packages.
 *
 * Finds npm, pnpm, Yarn or Bun by their lockfile. Throws `project-unsupported` without one, and `invalid-options`.
 * @example
 * export default node({ port: 3000, healthcheck: { http: '/healthz' } }).final;
 */
export function node(options?: NodeOptions<'no-shell'>): NodePreset<'no-shell'>;
export function node<C extends ShellCapability>(
  options: NodeOptions<C> & { readonly runtime: Runtime<C> },
): NodePreset<C>;
export function node(options: NodeOptions = {}): NodePreset<ShellCapability> {
  const settings = parseServiceOptions('node', schema, options);
  const runtime = options.runtime ?? distroless('nodejs24');
  requireLanguage(
    runtime,
    ['node'],
    'Use distroless("nodejs24") or slim("node:24-trixie-slim", { language: "node" }).',
  );
  const files = projectFiles(options);
  const manifest = readPackageJson(files);
  const manager = findPackageManager(files, manifest);
  const base = baseStage(settings, runtime, manager);
  if (settings.service !== undefined) {
    const service = findService(files, settings.service, manager, credentials(settings));
    const own = readPackageJson(files, `${service.found.directory}/package.json`);
    requireTestScript(settings, own);
    const build = serviceStage(base, service, settings);
    const entry = settings.entry ?? own.main ?? 'dist/index.js';
    const tested = withTests(build, settings, `pnpm --filter "${service.found.name}" run test`);
    const targets = targetsOf(tested, [tested.made], entry, runtime, settings);
    return Object.freeze({ ...targets, dependencies: build });
  }
  const script = scriptOf(settings, manifest);
  const entry = settings.entry ?? manifest.main ?? 'dist/index.js';
  const outputs = outputsOf(settings, script, entry, files);
  const dependencies = install(stage('deps').from(base), settings, manager, manager.installProduction, true);
  requireTestScript(settings, manifest);
  const build = buildStage(base, settings, manager, script, outputs);
  const tested = withTests(build, settings, manager.run('test'));
  const targets = targetsOf(tested, [dependencies, tested.made], entry, runtime, settings);
  return Object.freeze({ ...targets, dependencies });
}

/** The final stage: the trees of these stages, the one that changes least first. */
function targetsOf(
  tested: TestedBuild,
  trees: readonly Stage<'shell'>[],
  entry: string,
  runtime: Runtime,
  settings: Settings,
): ServicePreset<ShellCapability> {
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .env('NODE_ENV', 'production')
        .with((image) => trees.reduce((result, from) => copyTree(result, from, settings.profile), image))
        .workdir('/app'),
      where,
      { language: 'node', program: entry, flags: settings.flags },
      settings,
    ),
  );
}

function scriptOf({ build }: Settings, { scripts = {} }: PackageJson): string | undefined {
  const name =
    build === false ? undefined : (build ?? (Object.hasOwn(scripts, 'build') ? 'build' : undefined));
  if (name === undefined || Object.hasOwn(scripts, name)) return name;
  throw new StagecraftError('project-unsupported', `The "package.json" has no script "${name}".`, {
    hint: 'Name one it has with the option "build", or set build: false.',
  });
}

/** What a build makes is not there yet; what is only copied has to be. */
function outputsOf(
  { outputs }: Settings,
  script: string | undefined,
  entry: string,
  files: ProjectFiles,
): readonly string[] {
  if (outputs !== undefined) return outputs;
  const [directory = 'dist'] = entry.replace(/^\.\//u, '').split('/');
  return script === undefined ? [sourceOf(files, entry.replace(/^\.\//u, ''))] : [directory];
}

/** Native modules are compiled for a C library and a version of Node.js: builder and runtime must agree on both. */
function baseStage(settings: Settings, runtime: Runtime, manager: PackageManager): Stage<'shell'> {
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
  const usual =
    runtime.libc === 'musl' ? expand`node:${nodeVersion}-alpine` : expand`node:${nodeVersion}-trixie-slim`;
  const base = builderStage('base', settings.builder, usual).workdir('/app').env({
    CI: 'true',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    NPM_CONFIG_FUND: 'false',
    NPM_CONFIG_AUDIT: 'false',
  });
  return manager.setup === undefined ? base : base.run(manager.setup, { mounts: credentials(settings) });
}

function credentials(settings: Settings): readonly Mount[] {
  const { npmrc } = settings;
  return secretMounts(settings, npmrc === undefined ? undefined : { id: npmrc, target: '/root/.npmrc' });
}

function install(
  start: Stage<'shell'>,
  settings: Settings,
  manager: PackageManager,
  command: string,
  final: boolean,
): Stage<'shell'> {
  const { profile, reproducible } = settings;
  const mounts = credentials(settings);
  const ready = final && reproducible ? withEpoch(start) : start;
  const step = { reads: manager.reads, caches: [manager.cache], mounts };
  // A project may need no package at all; the directory is copied all the same.
  const finish = final
    ? [
        `mkdir -p node_modules ${tree}/app`,
        `mv node_modules ${tree}/app/`,
        ...(reproducible ? [touch(tree)] : []),
      ]
    : [];
  return runWith(ready, profile, step, command, ...finish);
}

function buildStage(
  base: Stage<'shell'>,
  settings: Settings,
  manager: PackageManager,
  script: string | undefined,
  outputs: readonly string[],
): Stage<'shell'> {
  const installed = install(stage('build').from(base), settings, manager, manager.install, false).copy(
    '.',
    '.',
  );
  const layOut = [`mkdir -p ${tree}/app`, `cp -R --parents package.json ${outputs.join(' ')} ${tree}/app`];
  const steps = [...(script === undefined ? [] : [manager.run(script)]), ...layOut];
  if (!settings.reproducible) return installed.run(...steps);
  return withEpoch(installed).run(...steps, touch(tree));
}
