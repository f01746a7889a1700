import { basename } from './paths.ts';

/** What an ADD source is: a path in the context, a URL to fetch, or a git repository. */
export type SourceKind = 'path' | 'url' | 'git';

/**
 * Tells the kinds of sources apart.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dfgitutil/git_ref.go
 */
export function sourceKind(source: string): SourceKind {
  if (/^(?:git|ssh):\/\//u.test(source)) return 'git';
  if (/^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:/u.test(source)) return 'git';
  if (!/^https?:\/\//u.test(source)) return 'path';
  return /^[^?#]*\.git(?:[?#]|$)/u.test(source) ? 'git' : 'url';
}

/** The name under which the content of a URL is stored before it is copied. */
export function fileNameOf(url: string): string {
  const path = /^https?:\/\/[^/?#]*([^?#]*)/u.exec(url)?.[1] ?? '';
  const name = basename(decode(path));
  return name === '.' || name === '/' ? '__unnamed__' : name;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
