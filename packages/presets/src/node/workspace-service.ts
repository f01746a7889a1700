import { type Mount, type Stage, StagecraftError, stage } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';
import { copyProject, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { type Workspace, workspace } from '../workspace/workspace.ts';
import type { NodeSettings } from './options.ts';
import { type Member, type PackageManager, readPackageJson, type SharedInstall } from './package-manager.ts';

/** One service of a workspace. */
export interface WorkspaceService {
  readonly found: Workspace;
  readonly manager: PackageManager;
  readonly mounts: readonly Mount[];
  /** Where its packages are installed: pnpm lays out a directory of the service alone, others share that of the root. */
  readonly layout: PnpmLayout | SharedLayout;
}

interface PnpmLayout {
  readonly kind: 'pnpm';
  /** pnpm deploys what is injected; other workspaces need its older way. */
  readonly isLegacy: boolean;
}

interface SharedLayout {
  readonly kind: 'shared';
  readonly commands: SharedInstall;
  /** The service and what it needs that have something to build, in that order. */
  readonly built: readonly Member[];
}

type Settings = Pick<NodeSettings, 'profile' | 'reproducible' | 'ignoreScripts'>;

/** The service in its workspace; throws `project-unsupported` for a tool that can't install one service alone. */
export function findService(
  files: ProjectFiles,
  service: string,
  manager: PackageManager,
  mounts: readonly Mount[],
): WorkspaceService {
  const found = workspace(service, { files });
  return { found, manager, mounts, layout: layoutOf(files, found, manager) };
}

function layoutOf(files: ProjectFiles, found: Workspace, manager: PackageManager): PnpmLayout | SharedLayout {
  if (found.tool === 'pnpm') {
    const settings = files.read('pnpm-workspace.yaml') ?? '';
    return { kind: 'pnpm', isLegacy: !/^injectWorkspacePackages:\s*true/mu.test(settings) };
  }
  if (manager.shared === undefined) {
    throw new StagecraftError('project-unsupported', `${found.tool} can't install one service alone.`, {
      hint: 'Use pnpm, npm or Yarn 4, or compose the stages yourself with what workspace() finds.',
    });
  }
  const built = found.sources.flatMap((directory) => {
    const { name = directory, scripts = {} } = readPackageJson(files, `${directory}/package.json`);
    return Object.hasOwn(scripts, 'build') ? [{ name, directory }] : [];
  });
  for (const text of [found.name, ...found.sources, ...built.map(({ name }) => name)]) requireSafe(text);
  return { kind: 'shared', commands: manager.shared, built };
}

function requireSafe(text: string): void {
  if (/^[\w@./-]+$/u.test(text)) return;
  throw new StagecraftError('project-unsupported', `The shell would read more than a name in "${text}".`, {
    hint: 'Rename the package or its directory: letters, digits, "_", "-", ".", "@" and "/".',
  });
}

/** The file to run, from the directory that becomes `/app`. */
export function programOf({ found, layout }: WorkspaceService, entry: string): string {
  return layout.kind === 'pnpm' ? entry : `${found.directory}/${entry.replace(/^\.\//u, '')}`;
}

/** The command that runs the tests of the service. */
export function testCommandOf({ found, layout }: WorkspaceService): string {
  return layout.kind === 'pnpm'
    ? `pnpm --filter "${found.name}" run test`
    : layout.commands.run('test', found);
}

/** Installs and builds the service with what it needs; pnpm lays out its own files with production packages at once. */
export function serviceStage(
  base: Stage<'shell'>,
  service: WorkspaceService,
  settings: Settings,
): Stage<'shell'> {
  const { found, manager, mounts, layout } = service;
  const isShared = layout.kind === 'shared';
  const all = `--filter "${found.name}..."`;
  const step = { reads: found.manifests, caches: [manager.cache], mounts };
  const install = isShared ? layout.commands.install(found) : `${manager.install} ${all}`;
  const installed = runWith(stage('build').from(base), settings.profile, step, install);
  // Manifests were only mounted; the package manager looks at them again.
  const rootFiles = found.manifests.filter((path) => isShared || !path.includes('/'));
  const copied = copyProject(installed, [...rootFiles, ...found.sources]);
  if (isShared) {
    const builds = layout.built.map((member) => layout.commands.run('build', member));
    return builds.length === 0 ? copied : copied.run(...builds);
  }
  // "deploy" has no flag for the store or for scripts, and pnpm 11 reads no "npm_config_…" from the environment.
  const quiet = settings.ignoreScripts ? ' --config.ignore-scripts=true' : '';
  const deploy = `pnpm --config.store-dir=${manager.cache.target}${quiet} --filter "${found.name}" deploy --prod${layout.isLegacy ? ' --legacy' : ''} ${tree}/app`;
  return layOut(withEpoch(copied), service, settings, [
    `pnpm ${all} --if-present run build`,
    deploy,
    `rm -f ${manager.dated.map((path) => `${tree}/app/${path}`).join(' ')}`,
  ]);
}

/**
 * Where the service lies in `/out/app` with its production packages. Those of a workspace with one `node_modules` stay where
 * they are, since that has links to them; the packages of the build are gone only after the tests.
 */
export function deployStage(
  made: Stage<'shell'>,
  service: WorkspaceService,
  settings: Settings,
): Stage<'shell'> {
  const { found, layout } = service;
  if (layout.kind === 'pnpm') return made;
  return layOut(withEpoch(stage('deploy').from(made)), service, settings, [
    layout.commands.installProduction(found),
    `mkdir -p node_modules ${tree}/app`,
    `cp -R --parents package.json node_modules ${found.sources.join(' ')} ${tree}/app`,
  ]);
}

function layOut(
  start: Stage<'shell'>,
  { manager, mounts }: WorkspaceService,
  { profile, reproducible }: Settings,
  commands: readonly string[],
): Stage<'shell'> {
  const step = { reads: [], caches: [manager.cache], mounts };
  return runWith(start, profile, step, ...commands, ...(reproducible ? [touch(tree)] : []));
}
