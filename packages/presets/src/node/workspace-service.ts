import { type Mount, type Stage, StagecraftError, stage } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';
import { copyProject, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import type { ServiceSettings } from '../service/service-options.ts';
import { type Workspace, workspace } from '../workspace/workspace.ts';
import type { PackageManager } from './package-manager.ts';

/** One service of a pnpm workspace. */
export interface WorkspaceService {
  readonly found: Workspace;
  readonly manager: PackageManager;
  readonly mounts: readonly Mount[];
  /** pnpm deploys what is injected; other workspaces need its older way. */
  readonly isLegacy: boolean;
}

/** The service in its workspace; throws `project-unsupported` for another tool than pnpm. */
export function findService(
  files: ProjectFiles,
  service: string,
  manager: PackageManager,
  mounts: readonly Mount[],
): WorkspaceService {
  const found = workspace(service, { files });
  if (found.tool !== 'pnpm') {
    throw new StagecraftError('project-unsupported', `The workspace is one of ${found.tool}, not of pnpm.`, {
      hint: 'Use pnpm, or compose the stages yourself with what workspace() finds.',
    });
  }
  const settings = files.read('pnpm-workspace.yaml') ?? '';
  const isLegacy = !/^injectWorkspacePackages:\s*true/mu.test(settings);
  return { found, manager, mounts, isLegacy };
}

/** Installs and builds the service with what it needs, and lays out its own files with production packages in `/out/app`. */
export function serviceStage(
  base: Stage<'shell'>,
  { found, manager, mounts, isLegacy }: WorkspaceService,
  { profile, reproducible }: Pick<ServiceSettings, 'profile' | 'reproducible'>,
): Stage<'shell'> {
  const caches = [manager.cache];
  const all = `--filter "${found.name}..."`;
  const step = { reads: found.manifests, caches, mounts };
  const installed = runWith(stage('build').from(base), profile, step, `${manager.install} ${all}`);
  // Manifests were only mounted; pnpm looks at them again.
  const copied = copyProject(installed, [
    ...found.manifests.filter((path) => !path.includes('/')),
    ...found.sources,
  ]);
  const deploy = `npm_config_store_dir=${manager.cache.target} pnpm --filter "${found.name}" deploy --prod${isLegacy ? ' --legacy' : ''} ${tree}/app`;
  return runWith(
    withEpoch(copied),
    profile,
    { reads: [], caches, mounts },
    `pnpm ${all} --if-present run build`,
    deploy,
    `rm -f ${tree}/app/node_modules/.modules.yaml`,
    ...(reproducible ? [touch(tree)] : []),
  );
}
