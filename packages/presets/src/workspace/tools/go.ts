import type { ProjectFiles } from '../../project/project-files.ts';
import { below } from '../find-directories.ts';
import type { WorkspaceGraph } from '../workspace-graph.ts';
import { existing } from './root-files.ts';

/**
 * The modules of a `go.work`.
 * @see https://go.dev/ref/mod#workspaces
 */
export function readGoWorkspace(files: ProjectFiles): WorkspaceGraph | undefined {
  const text = files.read('go.work');
  if (text === undefined) return undefined;
  const directories = directive(text, 'use').map((path) => path.replace(/^\.\/?/u, '') || '.');
  const modules = directories.map((directory) => {
    const manifest = files.read(below(directory, 'go.mod')) ?? '';
    return { directory, manifest, name: directive(manifest, 'module')[0] ?? directory };
  });
  const byName = new Map(modules.map(({ name, directory }) => [name, directory]));
  return {
    tool: 'go',
    members: modules.map(({ directory, manifest, name }) => ({
      name,
      directory,
      manifests: existing(files, [below(directory, 'go.mod'), below(directory, 'go.sum')]),
      dependencies: directive(manifest, 'require').flatMap((path) => byName.get(path) ?? []),
    })),
    rootFiles: existing(files, ['go.work', 'go.work.sum']),
    needsAllManifests: true,
    outputs: [],
  };
}

/** The first word of every entry of a directive, in its block form or on a line of its own. */
function directive(text: string, name: string): readonly string[] {
  const found: string[] = [];
  let inBlock = false;
  for (const line of text.split('\n')) {
    const words = line
      .replace(/\/\/.*$/u, '')
      .trim()
      .split(/\s+/u);
    const [first = '', second = ''] = words;
    if (inBlock && first === ')') inBlock = false;
    else if (inBlock && first !== '') found.push(unquote(first));
    else if (first === name && second === '(') inBlock = true;
    else if (first === `${name}(`) inBlock = true;
    else if (first === name && second !== '') found.push(unquote(second));
  }
  return found;
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/gu, '');
}
