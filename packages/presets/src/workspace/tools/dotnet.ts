import type { ProjectFiles } from '../../project/project-files.ts';
import { below, walkDirectories } from '../find-directories.ts';
import { joinPath } from '../join-path.ts';
import { readXml } from '../read-manifest.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { descendantsOf } from '../xml.ts';
import { existing } from './root-files.ts';

/**
 * The projects of a .NET repository, connected by their `ProjectReference`s.
 * @see https://learn.microsoft.com/dotnet/core/project-sdk/overview
 */
export function readDotnetWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const projects = [...walkDirectories(files)].flatMap((directory) =>
    files
      .list(directory === '.' ? '' : directory)
      .filter((name) => /\.(?:cs|fs|vb)proj$/u.test(name))
      .map((name) => ({ directory, name, path: below(directory, name) })),
  );
  // A single project needs no workspace.
  if (projects.length < 2) return undefined;
  const known = new Set(projects.map(({ directory }) => directory));
  return {
    tool: 'dotnet',
    members: projects.map(({ directory, name, path }) => ({
      name: name.replace(/\.[a-z]+proj$/u, ''),
      directory,
      manifests: existing(files, [path, below(directory, 'packages.lock.json')]),
      dependencies: referencesOf(files, path, directory).filter((reference) => known.has(reference)),
    })),
    rootFiles: existing(files, [
      'Directory.Build.props',
      'Directory.Build.targets',
      'Directory.Packages.props',
      'NuGet.config',
      'nuget.config',
      'global.json',
    ]),
    needsAllManifests: false,
    outputs: ['**/bin', '**/obj'],
  };
}

function referencesOf(files: ProjectFiles, path: string, directory: string): readonly string[] {
  const project = readXml(files, path);
  if (project === undefined) return [];
  return descendantsOf(project, 'ProjectReference').flatMap(({ attributes }) => {
    const include = attributes['Include'];
    return include === undefined ? [] : [joinPath(joinPath(directory, include), '..')];
  });
}
