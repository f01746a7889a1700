import picomatch from 'picomatch';
import type { ProjectFiles } from '../project/project-files.ts';

const never: ReadonlySet<string> = new Set(['node_modules', '.git', 'target', 'bin', 'obj', '.venv']);

/** The directories that patterns such as `packages/*` name and that hold `manifest`; a pattern with `!` takes away. */
export function findDirectories(
  files: ProjectFiles,
  patterns: readonly string[],
  manifest: string,
): readonly string[] {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const isUnwanted = picomatch(unwanted.map(trim));
  const found = wanted.flatMap((pattern) => [...expand(files, '', trim(pattern).split('/'))]);
  return [...new Set(found)]
    .filter((directory) => files.exists(below(directory, manifest)))
    .filter((directory) => unwanted.length === 0 || !isUnwanted(directory))
    .sort();
}

/** Every directory at or below `start`, what tools make left out. */
export function* walkDirectories(files: ProjectFiles, start = ''): Generator<string> {
  yield start === '' ? '.' : start;
  for (const name of directoriesIn(files, start)) yield* walkDirectories(files, below(start, name));
}

/** `name` in a directory; the root's name is left out. */
export function below(directory: string, name: string): string {
  return directory === '' || directory === '.' ? name : `${directory}/${name}`;
}

function* expand(files: ProjectFiles, directory: string, segments: readonly string[]): Generator<string> {
  const [segment, ...rest] = segments;
  if (segment === undefined) yield directory === '' ? '.' : directory;
  else if (segment === '.' || segment === '') yield* expand(files, directory, rest);
  else if (segment === '**') {
    yield* expand(files, directory, rest);
    for (const name of directoriesIn(files, directory))
      yield* expand(files, below(directory, name), segments);
  } else {
    const matches = picomatch(segment);
    const names = directoriesIn(files, directory).filter((name) => matches(name));
    for (const name of names) yield* expand(files, below(directory, name), rest);
  }
}

function directoriesIn(files: ProjectFiles, directory: string): readonly string[] {
  return files
    .list(directory)
    .filter((name) => name.endsWith('/'))
    .map((name) => name.slice(0, -1))
    .filter((name) => !never.has(name));
}

function trim(pattern: string): string {
  return pattern.replace(/^\.\//u, '').replace(/\/+$/u, '');
}
