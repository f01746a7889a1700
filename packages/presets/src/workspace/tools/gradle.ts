import type { ProjectFiles } from '../../project/project-files.ts';
import { below } from '../find-directories.ts';
import { joinPath } from '../join-path.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { existing } from './root-files.ts';

/**
 * The projects a Gradle settings file includes.
 *
 * Reads the usual ways to write them, not programs: a settings file that computes its projects is not understood.
 * @see https://docs.gradle.org/current/userguide/multi_project_builds.html
 */
export function readGradleWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const settings = withoutComments(files.read('settings.gradle.kts') ?? files.read('settings.gradle') ?? '');
  const paths = includedPaths(settings);
  if (paths.length === 0) return undefined;
  const directories = new Map(paths.map((path) => [path, directoryOf(path, settings)]));
  const accessors = new Map(paths.map((path) => [accessorOf(path), path]));
  return {
    tool: 'gradle',
    members: paths.map((path) => {
      const directory = directories.get(path) ?? '.';
      const manifests = existing(files, [
        below(directory, 'build.gradle.kts'),
        below(directory, 'build.gradle'),
        below(directory, 'gradle.properties'),
      ]);
      const text = withoutComments(manifests.map((file) => files.read(file) ?? '').join('\n'));
      const needed = neededPaths(text, accessors);
      return {
        name: path,
        directory,
        manifests,
        dependencies: needed.flatMap((need) => directories.get(need) ?? []),
      };
    }),
    rootFiles: existing(files, [
      'settings.gradle.kts',
      'settings.gradle',
      'build.gradle.kts',
      'build.gradle',
      'gradle.properties',
      'gradlew',
      'gradle',
      'buildSrc',
      'build-logic',
    ]),
    needsAllManifests: true,
    outputs: ['**/build', '**/.gradle'],
  };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(?<!:)\/\/.*$/gmu, '');
}

/** `include("a", ":b:c")` stands for `:a` and `:b:c`; the parents of a path are projects as well. */
function includedPaths(settings: string): readonly string[] {
  const lists = [...settings.matchAll(/\binclude\b\s*\(?((?:\s*["'][^"']+["']\s*,?)+)/gu)];
  const names = lists.flatMap(([, list = '']) =>
    [...list.matchAll(/["']([^"']+)["']/gu)].map(([, name = '']) => name),
  );
  return [...new Set(names.map((name) => `:${name.replace(/^:/u, '').replaceAll('/', ':')}`))];
}

function directoryOf(path: string, settings: string): string {
  const moved = settings.matchAll(
    /project\s*\(\s*["']([^"']+)["']\s*\)\s*\.\s*projectDir\s*=\s*(?:new\s+File\s*\([^,)]*,\s*|file\s*\(\s*)["']([^"']+)["']/gu,
  );
  const own = [...moved].find(([, name = '']) => `:${name.replace(/^:/u, '')}` === path)?.[2];
  return joinPath('.', own?.replace('$rootDir/', '') ?? path.slice(1).replaceAll(':', '/'));
}

/** `:user-api:core` is `userApi.core` below `projects`. */
function accessorOf(path: string): string {
  return path
    .slice(1)
    .split(':')
    .map((part) => part.replace(/[-_.](.)/gu, (_, letter: string) => letter.toUpperCase()))
    .join('.');
}

function neededPaths(text: string, accessors: ReadonlyMap<string, string>): readonly string[] {
  const named = [...text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?["']([^"']+)["']/gu)].map(
    ([, path = '']) => path,
  );
  const accessed = [...text.matchAll(/\bprojects\.([A-Za-z0-9.]+)/gu)].flatMap(
    ([, accessor = '']) => accessors.get(accessor) ?? [],
  );
  return [...named, ...accessed];
}
