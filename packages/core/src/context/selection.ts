import type { ContextRead } from '../build/context-read.ts';
import { type ByteString, toByteString } from './bytes.ts';
import { compileExcludes } from './excludes.ts';
import { cleanPath } from './ignore/clean-path.ts';
import { judgePath, type LineSet, type LineVerdict } from './ignore/ignore-rules.ts';
import {
  compileNamePattern,
  hasWildcards,
  matchesName,
  type NamePattern,
  unescapePattern,
} from './ignore/name-pattern.ts';
import { cleanPattern, compilePathPattern, type PathPattern } from './ignore/pattern.ts';

/** One component of a source: a name, or a pattern for one. */
type Segment = ByteString | NamePattern;

/** A read, split up so that it can be followed down a tree. */
export interface Target {
  readonly read: ContextRead;
  /** Components from the root; empty for the whole context. */
  readonly segments: readonly Segment[];
  /** Instead of segments, for `--parents`: matched against whole paths. */
  readonly pattern?: PathPattern;
  /** How far below the root `pattern` is literal. */
  readonly literalPrefix?: ByteString;
  readonly excludes?: LineSet;
}

/** How far one target has come on the way to a path. */
interface Progress {
  readonly target: Target;
  /** Components matched so far; all of them means that everything below is wanted. */
  readonly depth: number;
  /** Where the wanted part starts, once it has, and what the excludes say there. */
  readonly base?: { readonly path: ByteString; readonly verdict?: LineVerdict };
}

/** What the targets want at one path and below. */
export interface Interest {
  readonly progress: readonly Progress[];
  /** Targets that want this very path. */
  readonly wantedBy: readonly Target[];
  /** Whether the same is wanted of everything below. */
  readonly steady?: boolean;
}

export function createTarget(read: ContextRead): Target {
  const source = toByteString(read.source);
  const excludes = compileExcludes(read);
  const shared = { read, ...(excludes === undefined ? {} : { excludes }) };
  if (read.whole === true) return { ...shared, segments: [] };
  if (read.parents === true) {
    const cleaned = cleanPattern(cleanPath(`/${source}`));
    const pattern = compilePathPattern(cleaned);
    const literalPrefix = literalDirectory(cleaned);
    if (pattern !== undefined && cleaned !== '/') return { ...shared, segments: [], pattern, literalPrefix };
  }
  return { ...shared, segments: splitSource(source).map(toSegment) };
}

/** The components of a source: relative to the root, which it cannot leave. */
export function splitSource(source: ByteString): ByteString[] {
  return cleanPath(`/${source}`)
    .split('/')
    .filter((segment) => segment !== '');
}

function toSegment(segment: ByteString): Segment {
  if (!hasWildcards(segment)) return unescapePattern(segment);
  return compileNamePattern(segment) ?? segment;
}

function literalDirectory(pattern: ByteString): ByteString {
  const segments = pattern.split('/');
  const first = segments.findIndex(hasWildcards);
  return segments
    .slice(0, first < 0 ? undefined : first)
    .map(unescapePattern)
    .join('/');
}

export function startInterest(targets: readonly Target[]): Interest {
  const progress = targets.map(
    (target): Progress => ({ target, depth: 0, ...(isWhole(target) ? { base: { path: '' } } : {}) }),
  );
  return { progress, wantedBy: targets.filter(isWhole), steady: isSteady(progress) };
}

function isWhole(target: Target): boolean {
  return target.segments.length === 0 && target.pattern === undefined;
}

/** The interest in `name` (at `path`), given the one in the directory it is in. */
export function stepInterest(
  interest: Interest,
  name: ByteString,
  path: ByteString,
  directory: boolean,
): Interest {
  if (interest.steady === true) return interest;
  const progress: Progress[] = [];
  const wantedBy: Target[] = [];
  for (const current of interest.progress) {
    const next = stepProgress(current, name, path, directory);
    if (next === undefined) continue;
    if (directory) progress.push(next);
    if (next.base !== undefined && next.base.verdict?.ignored !== true) wantedBy.push(next.target);
  }
  return { progress, wantedBy, steady: isSteady(progress) };
}

function isSteady(progress: readonly Progress[]): boolean {
  return progress.length > 0 && progress.every(({ target, base }) => base !== undefined && !target.excludes);
}

function stepProgress(
  current: Progress,
  name: ByteString,
  path: ByteString,
  directory: boolean,
): Progress | undefined {
  const { target, depth, base } = current;
  if (base !== undefined)
    return target.excludes === undefined ? current : stepBelow(current, target.excludes, path);
  if (target.pattern !== undefined) return stepPattern(current, target.pattern, path, directory);
  const segment = target.segments[depth];
  if (segment === undefined || !coversName(segment, name)) return undefined;
  const last = depth + 1 === target.segments.length;
  if (!last) return directory ? { target, depth: depth + 1 } : undefined;
  return { target, depth: depth + 1, base: { path } };
}

/** Below a wanted directory only the excludes matter: by their path from there. */
function stepBelow(current: Progress, excludes: LineSet, path: ByteString): Progress {
  const { path: start, verdict } = current.base ?? { path: '' };
  const relative = start === '' ? path : path.slice(start.length + 1);
  return { ...current, base: { path: start, verdict: judgePath(excludes, relative, verdict) } };
}

function stepPattern(
  current: Progress,
  pattern: PathPattern,
  path: ByteString,
  directory: boolean,
): Progress | undefined {
  const { target, depth } = current;
  if (pattern.matches(path)) {
    // Paths that `--parents` keeps are excluded by their path from the root.
    const verdict = target.excludes === undefined ? undefined : judgePath(target.excludes, path);
    return { target, depth, base: verdict === undefined ? { path: '' } : { path: '', verdict } };
  }
  const prefix = target.literalPrefix ?? '';
  const onTheWay =
    prefix === '' || prefix === path || prefix.startsWith(`${path}/`) || path.startsWith(`${prefix}/`);
  return directory && onTheWay ? { target, depth } : undefined;
}

function coversName(segment: Segment, name: ByteString): boolean {
  return typeof segment === 'string' ? segment === name : matchesName(segment, name);
}

/** The interest in a path of which only the text is known. */
export function interestIn(start: Interest, path: ByteString, directory: boolean): Interest {
  let interest = start;
  let reached = '';
  const names = path.split('/');
  for (const [index, name] of names.entries()) {
    reached = reached === '' ? name : `${reached}/${name}`;
    interest = stepInterest(interest, name, reached, directory || index < names.length - 1);
  }
  return interest;
}
