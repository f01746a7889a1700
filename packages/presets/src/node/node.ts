import { type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree } from '../service/project-steps.ts';
import { requireLanguage } from '../service/require-project.ts';
import { type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { sourceOf } from '../service/sources.ts';
import { type TestedBuild, withTests } from '../service/test-stage.ts';
import { baseStage, buildStage, credentials, installedPackages, prunedPackages } from './node-stages.ts';
import { type NodeOptions, type NodeSettings, parseNodeOptions } from './options.ts';
import {
  findPackageManager,
  type PackageJson,
  type PackageManager,
  readPackageJson,
  requireTestScript,
} from './package-manager.ts';
import { deployStage, findService, programOf, serviceStage, testCommandOf } from './workspace-service.ts';

/** The stages of a Node.js service. */
export interface NodePreset<C extends ShellCapability> extends ServicePreset<C> {
  /** The packages the program needs at run time, in `/out/app/node_modules`; absent where they are part of its output. */
  readonly dependencies?: Stage<'shell'>;
}

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
  const settings = parseNodeOptions(options);
  const runtime = options.runtime ?? distroless('nodejs24');
  requireLanguage(
    runtime,
    ['node'],
    'Use distroless("nodejs24") or slim("node:24-trixie-slim", { language: "node" }).',
  );
  const files = projectFiles(options);
  const manifest = readPackageJson(files);
  const manager = findPackageManager(files, manifest, settings);
  const base = baseStage(settings, runtime, manager);
  return settings.service === undefined
    ? ownProject(settings, files, manifest, manager, base, runtime)
    : workspaceService(settings, settings.service, files, manager, base, runtime);
}

function workspaceService(
  settings: NodeSettings,
  name: string,
  files: ProjectFiles,
  manager: PackageManager,
  base: Stage<'shell'>,
  runtime: Runtime,
): NodePreset<ShellCapability> {
  const service = findService(files, name, manager, credentials(settings));
  const own = readPackageJson(files, `${service.found.directory}/package.json`);
  requireTestScript(settings, own);
  const build = serviceStage(base, service, settings);
  const entry = programOf(service, settings.entry ?? own.main ?? 'dist/index.js');
  const tested = withTests(build, settings, testCommandOf(service));
  const deployed = deployStage(tested.made, service, settings);
  const targets = targetsOf(tested, [deployed], entry, runtime, settings);
  return Object.freeze({ ...targets, dependencies: deployed });
}

function ownProject(
  settings: NodeSettings,
  files: ProjectFiles,
  manifest: PackageJson,
  manager: PackageManager,
  base: Stage<'shell'>,
  runtime: Runtime,
): NodePreset<ShellCapability> {
  const script = scriptOf(settings, manifest);
  const entry = settings.entry ?? manifest.main ?? 'dist/index.js';
  const outputs = outputsOf(settings, script, entry, files);
  requireTestScript(settings, manifest);
  const build = buildStage(base, settings, manager, script, outputs);
  const dependencies = packagesOf(settings, manager, base, build, script);
  const tested = withTests(build, settings, manager.run('test'));
  if (dependencies === undefined) return targetsOf(tested, [tested.made], entry, runtime, settings);
  const targets = targetsOf(tested, [dependencies, tested.made], entry, runtime, settings);
  return Object.freeze({ ...targets, dependencies });
}

/** Where the packages come from; undefined where the output of the build has them. */
function packagesOf(
  settings: NodeSettings,
  manager: PackageManager,
  base: Stage<'shell'>,
  build: Stage<'shell'>,
  script: string | undefined,
): Stage<'shell'> | undefined {
  const { production } = settings;
  if (production === 'install') return installedPackages(base, settings, manager);
  if (production === 'prune') {
    if (manager.prune !== undefined) return prunedPackages(build, settings, manager, manager.prune);
    throw new StagecraftError(
      'project-unsupported',
      `This ${manager.name} can't take away the packages of the build.`,
      { hint: 'Use production: "install".' },
    );
  }
  if (script !== undefined) return undefined;
  throw new StagecraftError('project-unsupported', 'The project has no script that bundles.', {
    hint: 'Name it with the option "build", or use production: "install".',
  });
}

/** The final stage: the trees of these stages, the one that changes least first. */
function targetsOf(
  tested: TestedBuild,
  trees: readonly Stage<'shell'>[],
  entry: string,
  runtime: Runtime,
  settings: NodeSettings,
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

function scriptOf({ build }: NodeSettings, { scripts = {} }: PackageJson): string | undefined {
  const name =
    build === false ? undefined : (build ?? (Object.hasOwn(scripts, 'build') ? 'build' : undefined));
  if (name === undefined || Object.hasOwn(scripts, name)) return name;
  throw new StagecraftError('project-unsupported', `The "package.json" has no script "${name}".`, {
    hint: 'Name one it has with the option "build", or set build: false.',
  });
}

/** What a build makes is not there yet; what is only copied has to be. */
function outputsOf(
  { outputs }: NodeSettings,
  script: string | undefined,
  entry: string,
  files: ProjectFiles,
): readonly string[] {
  if (outputs !== undefined) return outputs;
  const [directory = 'dist'] = entry.replace(/^\.\//u, '').split('/');
  return script === undefined ? [sourceOf(files, entry.replace(/^\.\//u, ''))] : [directory];
}
