import { StagecraftError } from '@stagecraft/core';
import { type CommonOptions, projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { closureOf, findMember } from './closure.ts';
import { readCargoWorkspace } from './tools/cargo.ts';
import { readDotnetWorkspace } from './tools/dotnet.ts';
import { readGoWorkspace } from './tools/go.ts';
import { readGradleWorkspace } from './tools/gradle.ts';
import { readMavenWorkspace } from './tools/maven.ts';
import { readNodeWorkspace } from './tools/node.ts';
import { readUvWorkspace } from './tools/uv.ts';
import type { WorkspaceGraph, WorkspaceTool } from './workspace-graph.ts';

export interface WorkspaceOptions extends Pick<CommonOptions, 'context' | 'files'> {
  /** Which tool's workspace is meant, where the root has several. Default: the only one there is. */
  readonly tool?: WorkspaceTool;
}

/** What one service of a monorepo needs. All paths are relative to the root. */
export interface Workspace {
  readonly tool: WorkspaceTool;
  /** Name of the service. */
  readonly name: string;
  /** Its directory; `.` for the root. */
  readonly directory: string;
  /** Directories of the service and of all it needs, dependencies first: what the build layer copies. */
  readonly sources: readonly string[];
  /** The files and directories that decide about third-party dependencies: what the dependency layer copies. */
  readonly manifests: readonly string[];
  /** An ignore file for this service alone: everything stays at home but manifests and sources. */
  readonly ignore: string;
}

const readers = [
  readNodeWorkspace,
  readGoWorkspace,
  readCargoWorkspace,
  readGradleWorkspace,
  readMavenWorkspace,
  readUvWorkspace,
  readDotnetWorkspace,
];

/**
 * What one service of a monorepo needs: its dependency closure, from the files its tool reads.
 *
 * Knows npm, pnpm, Yarn and Bun workspaces, `go.work`, Cargo, Gradle, Maven, uv and .NET. `service` is the name of a member
 * or its directory. Throws `project-unsupported` when there is no workspace, several, or no such member.
 * @example
 * workspace('services/api').sources; // ['packages/log', 'services/api']
 */
export function workspace(service: string, options: WorkspaceOptions = {}): Workspace {
  const files = projectFiles(options);
  const graph = findGraph(files, options.tool);
  const member = findMember(graph, service);
  const closure = closureOf(graph, member);
  const read = graph.needsAllManifests ? graph.members : closure;
  const manifests = [...new Set([...graph.rootFiles, ...read.flatMap((each) => each.manifests)])].sort();
  const sources = closure.map(({ directory }) => directory);
  return Object.freeze({
    tool: graph.tool,
    name: member.name,
    directory: member.directory,
    sources: Object.freeze(sources),
    manifests: Object.freeze(manifests),
    ignore: ignoreText(member.name, [...manifests, ...sources], graph.outputs),
  });
}

function findGraph(files: ProjectFiles, tool: WorkspaceTool | undefined): WorkspaceGraph {
  const found = readers.flatMap((read) => read(files) ?? []);
  const graphs = tool === undefined ? found : found.filter((graph) => graph.tool === tool);
  const [graph, ...others] = graphs;
  if (graph === undefined) {
    throw new StagecraftError(
      'project-unsupported',
      tool === undefined ? 'The project is no workspace.' : `The project has no ${tool} workspace.`,
      {
        hint: 'Look for the folder with the lockfile or the settings of all services, and pass it as "context".',
      },
    );
  }
  if (others.length === 0) return graph;
  const tools = graphs.map((each) => `"${each.tool}"`).join(', ');
  throw new StagecraftError('project-unsupported', `The project has several workspaces: ${tools}.`, {
    hint: 'Name one with the option "tool".',
  });
}

/** Paths that come back must be found again below `*`, and what tools make goes again at the end. */
function ignoreText(name: string, kept: readonly string[], outputs: readonly string[]): string {
  const all = kept.includes('.');
  const lines = all ? [] : ['*', ...[...new Set(kept)].sort().map((path) => `!${path}`)];
  return `${[`# What ${name} needs, and nothing else.`, ...lines, '**/.git', ...outputs].join('\n')}\n`;
}
