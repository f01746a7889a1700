import * as z from 'zod';
import type { ProjectFiles } from '../../project/project-files.ts';
import { below, findDirectories } from '../find-directories.ts';
import { readManifest } from '../read-manifest.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { existing } from './root-files.ts';

const sources = z.record(z.string(), z.unknown()).optional();
const pyproject = z.looseObject({
  project: z
    .looseObject({
      name: z.string(),
      dependencies: z.array(z.string()).optional(),
      'optional-dependencies': z.record(z.string(), z.array(z.string())).optional(),
    })
    .optional(),
  'dependency-groups': z.record(z.string(), z.array(z.unknown())).optional(),
  tool: z
    .looseObject({
      uv: z
        .looseObject({
          sources,
          workspace: z
            .looseObject({ members: z.array(z.string()), exclude: z.array(z.string()).optional() })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

type Pyproject = z.output<typeof pyproject>;

/**
 * The members of a uv workspace; the root is one when it has a project of its own.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
export function readUvWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const root = readManifest(files, 'pyproject.toml', pyproject);
  const settings = root?.tool?.uv?.workspace;
  if (root === undefined || settings === undefined) return undefined;
  const patterns = [...settings.members, ...(settings.exclude ?? []).map((pattern) => `!${pattern}`)];
  const found = findDirectories(files, patterns, 'pyproject.toml');
  const directories = root.project === undefined ? found : ['.', ...found];
  const projects = directories.map((directory) => {
    const path = below(directory, 'pyproject.toml');
    const manifest: Pyproject = readManifest(files, path, pyproject) ?? {};
    return { directory, path, manifest };
  });
  const byName = new Map(
    projects.map(({ directory, manifest }) => [normalize(manifest.project?.name ?? directory), directory]),
  );
  return {
    tool: 'uv',
    members: projects.map(({ directory, path, manifest }) => ({
      name: manifest.project?.name ?? directory,
      directory,
      manifests: [path],
      dependencies: requirementsOf(manifest).flatMap((name) => byName.get(name) ?? []),
    })),
    rootFiles: existing(files, ['pyproject.toml', 'uv.lock', 'uv.toml', '.python-version']),
    needsAllManifests: true,
    outputs: ['**/.venv', '**/__pycache__'],
  };
}

function requirementsOf(manifest: Pyproject): readonly string[] {
  const { dependencies = [], 'optional-dependencies': optional = {} } = manifest.project ?? {};
  const groups = Object.values(manifest['dependency-groups'] ?? {}).flat();
  const all = [...dependencies, ...Object.values(optional).flat(), ...groups];
  return all.flatMap((requirement) => (typeof requirement === 'string' ? [normalize(requirement)] : []));
}

/** The name in front of a requirement, as Python compares names. */
function normalize(requirement: string): string {
  const [name = ''] = /^[A-Za-z0-9._-]+/u.exec(requirement.trim()) ?? [];
  return name.toLowerCase().replaceAll(/[-_.]+/gu, '-');
}
