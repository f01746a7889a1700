import type { ProjectFiles } from './project-files.ts';

/**
 * A project that exists only in memory, for tests and examples.
 *
 * @example
 * go({ files: memoryFiles({ 'go.mod': 'module example.com/app\n' }) })
 */
export function memoryFiles(files: Readonly<Record<string, string>>): ProjectFiles {
  const paths = Object.keys(files).map(clean);
  const contents = new Map(Object.entries(files).map(([path, text]) => [clean(path), text]));
  return {
    read: (path) => contents.get(clean(path)),
    exists: (path) =>
      clean(path) === '' ||
      paths.some((known) => known === clean(path) || known.startsWith(`${clean(path)}/`)),
    list: (directory) => {
      const prefix = clean(directory) === '' ? '' : `${clean(directory)}/`;
      const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      return [...new Set(below.map((path) => path.replace(/\/.*$/u, '/')))].sort();
    },
  };
}

function clean(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
