import * as z from 'zod';
import type { ProjectFiles } from '../../project/project-files.ts';
import { below, findDirectories } from '../find-directories.ts';
import { readManifest } from '../read-manifest.ts';
import type { WorkspaceGraph, WorkspaceMember, WorkspaceTool } from '../workspace-graph.ts';
import { existing } from './root-files.ts';

const versions = z.record(z.string(), z.string()).optional();
const packageJson = z.looseObject({
  name: z.string().optional(),
  workspaces: z.union([z.array(z.string()), z.looseObject({ packages: z.array(z.string()) })]).optional(),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
});
const pnpmWorkspace = z.looseObject({ packages: z.array(z.string()).optional() });

type PackageJson = z.output<typeof packageJson>;

/** Lockfiles by the tool that writes them; the first found names the tool. */
const lockfiles = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
] as const;

const settings = [
  'package.json',
  'pnpm-workspace.yaml',
  '.pnpmfile.cjs',
  '.yarnrc.yml',
  '.yarn/releases',
  '.yarn/plugins',
  '.yarn/patches',
  'patches',
  'bunfig.toml',
];

/** Workspaces of npm, pnpm, Yarn and Bun. */
export function readNodeWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const root = readManifest(files, 'package.json', packageJson);
  const patterns =
    readManifest(files, 'pnpm-workspace.yaml', pnpmWorkspace)?.packages ?? workspacesOf(root ?? {});
  if (patterns.length === 0) return undefined;
  const tool = toolOf(files);
  const locks = lockfiles.filter(([owner]) => owner === tool).map(([, name]) => name);
  const rootFiles = existing(files, [...settings, ...locks, ...npmrcWithoutSecrets(files)]);
  return {
    tool,
    members: membersOf(files, findDirectories(files, patterns, 'package.json')),
    rootFiles,
    // pnpm installs from what its lockfile says about the importers that are there.
    needsAllManifests: tool !== 'pnpm',
    outputs: ['**/node_modules'],
  };
}

function membersOf(files: ProjectFiles, directories: readonly string[]): readonly WorkspaceMember[] {
  const manifests = directories.map((directory) => {
    const path = below(directory, 'package.json');
    const manifest: PackageJson = readManifest(files, path, packageJson) ?? {};
    return { directory, path, manifest };
  });
  const byName = new Map(manifests.map(({ directory, manifest }) => [manifest.name ?? directory, directory]));
  return manifests.map(({ directory, path, manifest }) => ({
    name: manifest.name ?? directory,
    directory,
    manifests: [path],
    dependencies: dependencyNames(manifest).flatMap((name) => byName.get(name) ?? []),
  }));
}

function dependencyNames(manifest: PackageJson): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return [dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap((group = {}) =>
    Object.keys(group),
  );
}

function workspacesOf({ workspaces = [] }: PackageJson): readonly string[] {
  return Array.isArray(workspaces) ? workspaces : workspaces.packages;
}

function toolOf(files: ProjectFiles): WorkspaceTool {
  if (files.exists('pnpm-workspace.yaml')) return 'pnpm';
  return lockfiles.find(([, name]) => files.exists(name))?.[0] ?? 'npm';
}

/** Credentials belong into a secret mount, never into a layer. */
function npmrcWithoutSecrets(files: ProjectFiles): readonly string[] {
  const text = files.read('.npmrc') ?? '';
  return text === '' || /_auth|_password|token/iu.test(text) ? [] : ['.npmrc'];
}
