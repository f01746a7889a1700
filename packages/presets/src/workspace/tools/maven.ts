import type { XmlElement } from '@rgrove/parse-xml';
import type { ProjectFiles } from '../../project/project-files.ts';
import { below } from '../find-directories.ts';
import { joinPath } from '../join-path.ts';
import { readXml } from '../read-manifest.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { childrenOf, textOf } from '../xml.ts';
import { existing } from './root-files.ts';

interface Project {
  readonly directory: string;
  readonly id: string;
  readonly needs: readonly string[];
}

/**
 * The modules of a Maven reactor.
 * @see https://maven.apache.org/guides/mini/guide-multiple-modules.html
 */
export function readMavenWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const root = readXml(files, 'pom.xml');
  if (root === undefined || modulesOf(root).length === 0) return undefined;
  const projects = [...collect(files, '.')];
  const byId = new Map(projects.map(({ id, directory }) => [id, directory]));
  return {
    tool: 'maven',
    members: projects.map(({ id, directory, needs }) => ({
      name: id.slice(id.indexOf(':') + 1),
      directory,
      manifests: [below(directory, 'pom.xml')],
      dependencies: needs.flatMap((need) => byId.get(need) ?? []).filter((need) => need !== '.'),
    })),
    rootFiles: existing(files, ['pom.xml', 'mvnw', '.mvn']),
    needsAllManifests: true,
    outputs: ['**/target'],
  };
}

function* collect(files: ProjectFiles, directory: string, seen = new Set<string>()): Generator<Project> {
  if (seen.has(directory)) return;
  seen.add(directory);
  const pom = readXml(files, below(directory, 'pom.xml'));
  if (pom === undefined) return;
  const [parent] = childrenOf(pom, 'parent');
  const group = textOf(pom, 'groupId') ?? (parent && textOf(parent, 'groupId')) ?? '';
  const dependencies = childrenOf(pom, 'dependencies').flatMap((list) => childrenOf(list, 'dependency'));
  const needs = [...dependencies, ...(parent === undefined ? [] : [parent])].map((need) =>
    identity(need, group),
  );
  yield { directory, id: identity(pom, group), needs };
  for (const name of modulesOf(pom))
    yield* collect(files, joinPath(directory, name.replace(/\/?pom\.xml$/u, '')), seen);
}

function identity(element: XmlElement, group: string): string {
  const own = textOf(element, 'groupId') ?? group;
  return `${own.replace(/^\$\{(?:project|pom)\.groupId\}$/u, group)}:${textOf(element, 'artifactId') ?? ''}`;
}

function modulesOf(pom: XmlElement): readonly string[] {
  const lists = [...childrenOf(pom, 'modules'), ...childrenOf(pom, 'subprojects')];
  return lists.flatMap((list) =>
    [...childrenOf(list, 'module'), ...childrenOf(list, 'subproject')].map(({ text }) => text.trim()),
  );
}
