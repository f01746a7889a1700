import * as z from 'zod';
import type { ProjectFiles } from '../../project/project-files.ts';
import { below, findDirectories } from '../find-directories.ts';
import { joinPath } from '../join-path.ts';
import { readManifest } from '../read-manifest.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { existing } from './root-files.ts';

const dependency = z.union([
  z.string(),
  z.looseObject({ path: z.string().optional(), workspace: z.boolean().optional() }),
]);
const dependencies = z.record(z.string(), dependency).optional();
const groups = {
  dependencies,
  'dev-dependencies': dependencies,
  'build-dependencies': dependencies,
};
const cargoToml = z.looseObject({
  package: z.looseObject({ name: z.string() }).optional(),
  ...groups,
  target: z.record(z.string(), z.looseObject(groups)).optional(),
  workspace: z
    .looseObject({
      members: z.array(z.string()).optional(),
      exclude: z.array(z.string()).optional(),
      dependencies,
    })
    .optional(),
});

type CargoToml = z.output<typeof cargoToml>;
type Dependencies = NonNullable<z.output<typeof dependencies>>;

/**
 * The members of a Cargo workspace.
 * @see https://doc.rust-lang.org/cargo/reference/workspaces.html
 */
export function readCargoWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const root = readManifest(files, 'Cargo.toml', cargoToml);
  if (root?.workspace === undefined) return undefined;
  const { members = [], exclude = [], dependencies: shared = {} } = root.workspace;
  const patterns = [...members, ...exclude.map((pattern) => `!${pattern}`)];
  const found = findDirectories(files, patterns, 'Cargo.toml');
  const directories = root.package === undefined || found.includes('.') ? found : ['.', ...found];
  return {
    tool: 'cargo',
    members: directories.map((directory) => {
      const path = below(directory, 'Cargo.toml');
      const manifest: CargoToml = readManifest(files, path, cargoToml) ?? {};
      const paths = pathsOf(manifest, directory, shared);
      return {
        name: manifest.package?.name ?? directory,
        directory,
        manifests: [path],
        dependencies: paths.filter((candidate) => directories.includes(candidate)),
      };
    }),
    rootFiles: existing(files, [
      'Cargo.toml',
      'Cargo.lock',
      '.cargo/config.toml',
      'rust-toolchain.toml',
      'rust-toolchain',
    ]),
    needsAllManifests: true,
    outputs: ['**/target'],
  };
}

/** Directories of the dependencies that are given by path, or that the workspace gives by path. */
function pathsOf(manifest: CargoToml, directory: string, shared: Dependencies): readonly string[] {
  const own = [manifest, ...Object.values(manifest.target ?? {})].flatMap((group) =>
    Object.entries({
      ...group.dependencies,
      ...group['dev-dependencies'],
      ...group['build-dependencies'],
    }),
  );
  return own.flatMap(([name, value]) => {
    if (typeof value === 'string') return [];
    if (value.path !== undefined) return [joinPath(directory, value.path)];
    const inherited = value.workspace === true ? shared[name] : undefined;
    return typeof inherited === 'object' && inherited.path !== undefined
      ? [joinPath('.', inherited.path)]
      : [];
  });
}
