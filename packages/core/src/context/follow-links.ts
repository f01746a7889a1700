import type { ContextRead } from '../build/context-read.ts';
import { type ByteString, toText } from './bytes.ts';
import { accessError, errorCode } from './context-errors.ts';
import { cleanPath } from './ignore/clean-path.ts';
import {
  compileNamePattern,
  escapePattern,
  hasWildcards,
  matchesName,
  unescapePattern,
} from './ignore/name-pattern.ts';
import { listDirectory, type OpenDirectory, readLinkBelow, statBelow } from './open-directory.ts';
import { createTarget, splitSource, type Target } from './selection.ts';

/**
 * The targets of a read: its source, and where the symbolic links on the way lead to.
 *
 * The engine follows links in the path of a source, with the context as their root: an absolute target starts
 * there, and `..` cannot leave it. A link and what it points to must both travel.
 */
export function followLinks(root: OpenDirectory, read: ContextRead): Target[] {
  const own = createTarget(read);
  if (own.segments.length === 0 && own.pattern === undefined) return [own];
  const sources = new Set<ByteString>();
  const segments = own.pattern === undefined ? splitSource : literalSegments;
  const start = segments(Buffer.from(read.source, 'utf8').toString('latin1'));
  follow({ root, sources, seen: new Set() }, [], start, 0);
  const followed = [...sources].map((source) => toTarget(read, own, source));
  return [own, ...followed];
}

/** With `--parents` only the part before the first wildcard is followed. */
function literalSegments(source: ByteString): ByteString[] {
  const all = splitSource(source);
  const first = all.findIndex(hasWildcards);
  return first < 0 ? all : all.slice(0, first);
}

function toTarget(read: ContextRead, own: Target, source: ByteString): Target {
  const { exclude: _, parents: __, ...rest } = read;
  const whole = source === '';
  const target = createTarget({ ...rest, source: toText(source), ...(whole ? { whole } : {}) });
  // The read is the user's own, whichever path leads to the file.
  return { ...target, read: own.read };
}

interface Following {
  readonly root: OpenDirectory;
  /** Patterns of what must travel besides the source itself. */
  readonly sources: Set<ByteString>;
  readonly seen: Set<ByteString>;
}

/** As many links as the engine follows on the way to one path. */
const mostHops = 255;

/** Walks `rest` from the real directory `done`, component by component; `hops` links were followed so far. */
function follow(
  following: Following,
  done: readonly ByteString[],
  rest: readonly ByteString[],
  hops: number,
): void {
  const [component, ...after] = rest;
  if (component === undefined || hops > mostHops) return;
  const key = `${done.join('/')}\u0000${rest.join('/')}`;
  if (following.seen.has(key)) return;
  following.seen.add(key);
  for (const name of namesMatching(following, done, component)) {
    const path = [...done, name];
    const target = linkTarget(following.root, path);
    if (target === undefined) {
      follow(following, path, after, hops);
      continue;
    }
    following.sources.add(path.map(escapePattern).join('/'));
    const real = splitSource(target.startsWith('/') ? target : [...done, target].join('/'));
    const whole = [...real.map(escapePattern), ...after];
    following.sources.add(whole.join('/'));
    follow(following, [], whole, hops + 1);
  }
}

function namesMatching(
  following: Following,
  done: readonly ByteString[],
  component: ByteString,
): readonly ByteString[] {
  if (!hasWildcards(component)) return [unescapePattern(component)];
  const pattern = compileNamePattern(component);
  if (pattern === undefined) return [];
  const directory = {
    ...following.root,
    prefix: following.root.prefix + done.map((name) => `${name}/`).join(''),
  };
  try {
    return listDirectory(directory).filter((name) => matchesName(pattern, name));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw accessError(done.join('/'), error);
  }
}

/** What the link at `path` says; undefined when there is no link. */
function linkTarget(root: OpenDirectory, path: readonly ByteString[]): ByteString | undefined {
  const joined = path.join('/');
  try {
    return statBelow(root, joined).isSymbolicLink() ? cleanPath(readLinkBelow(root, joined)) : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw accessError(joined, error);
  }
}

function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === 'ENOENT' ||
    code === 'ENOTDIR' ||
    code === 'ELOOP' ||
    code === 'EINVAL' ||
    code === 'ENAMETOOLONG'
  );
}
