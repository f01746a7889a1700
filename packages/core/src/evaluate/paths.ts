import { fail } from './fail.ts';

/** The shortest path that means the same, as Go's `path.Clean`. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push('..');
  }
  const joined = kept.join('/');
  if (rooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** Joins non-empty parts and cleans the result, as Go's `path.Join`. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.filter((part) => part !== '').join('/');
  return joined === '' ? '' : cleanPath(joined);
}

/** The last element, as Go's `path.Base`. */
export function basename(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/u, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Backslashes separate on Windows only. */
export function toSlash(path: string, os: string): string {
  return os === 'windows' ? path.replaceAll('\\', '/') : path;
}

/**
 * `path` seen from the directory `parent`; an absolute path stays as it is written.
 *
 * With `keepEnd` a final `/` or `/.` survives: it says that a destination is a directory.
 * @see https://github.com/moby/buildkit/blob/master/util/system/path.go
 */
export function resolvePath(parent: string, path: string, os: string, keepEnd = false): string {
  const wanted = withoutDrive(toSlash(path, os), os, keepEnd);
  if (wanted.startsWith('/')) return wanted;
  const base = withoutDrive(toSlash(parent, os) || '/', os, false);
  const resolved = wanted === '' ? base : joinPath(base.startsWith('/') ? base : `/${base}`, wanted);
  return keepEnd ? keepPathEnd(path, resolved) : resolved;
}

/** `cleaned` with the final `/` or `/.` that `original` has. */
export function keepPathEnd(original: string, cleaned: string): string {
  if (original.endsWith('/') && !cleaned.endsWith('/')) return `${cleaned}/`;
  if (original.endsWith('/.')) return cleaned === '/' ? '/.' : `${cleaned}/.`;
  return cleaned;
}

function withoutDrive(path: string, os: string, keepEnd: boolean): string {
  if (os !== 'windows') return path;
  const [drive, rest] = /^([^:]*):(.*)$/su.exec(path)?.slice(1) ?? [];
  if (drive === undefined || rest === undefined) return cleanWindows(path, keepEnd);
  if (rest === '') fail(`The path "${path}" names a drive but no place on it.`);
  if (drive.toLowerCase() !== 'c') fail(`The path "${path}" is not on the system drive C:.`);
  return cleanWindows(rest.startsWith('/') ? rest : `/${rest}`, keepEnd);
}

function cleanWindows(path: string, keepEnd: boolean): string {
  if (path === '') return '';
  return keepEnd ? keepPathEnd(path, cleanPath(path)) : cleanPath(path);
}

/** Whether a path starts at the root; on Windows also behind a drive. */
export function isAbsolutePath(path: string, os: string): boolean {
  return /^(?:[a-zA-Z]:)?\//u.test(toSlash(path, os)) && (os === 'windows' || path.startsWith('/'));
}
