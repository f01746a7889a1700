import type { ContextEntry } from '../../../build/context-source.ts';
import { followPaths } from './follow-paths.ts';
import { createPatternMatcher, type ParentMatch, type PatternMatcher } from './pattern-matcher.ts';

/** What the engine wants of a directory. The engine itself filters nothing. */
export interface TreeFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Paths to send together with everything their symbolic links lead to. */
  readonly follow: readonly string[];
}

interface OpenDirectory {
  readonly entry: ContextEntry;
  readonly include: ParentMatch | undefined;
  readonly exclude: ParentMatch | undefined;
  sent: boolean;
}

/** The wanted entries and the directories above them. `entries` come parents first, siblings in byte order. */
export function filterEntries(
  entries: AsyncIterable<ContextEntry>,
  filter: TreeFilter,
): AsyncIterable<ContextEntry> {
  const { include, exclude, follow } = filter;
  // Every layer costs time with many files, so there is none where nothing is filtered.
  return include.length + exclude.length + follow.length === 0 ? entries : filtered(entries, filter);
}

async function* filtered(
  entries: AsyncIterable<ContextEntry>,
  filter: TreeFilter,
): AsyncIterable<ContextEntry> {
  const all: ContextEntry[] = [];
  for await (const entry of entries) all.push(entry);
  const followed = filter.follow.length === 0 ? [] : followPaths(all, filter.follow);
  // Following the root itself means everything.
  const everything = followed.includes('.') || filter.include.length + filter.follow.length === 0;
  const include = everything ? undefined : createPatternMatcher(filter.include, followed);
  const exclude = filter.exclude.length === 0 ? undefined : createPatternMatcher(filter.exclude);
  yield* keepMatching(all, include, exclude);
}

function* keepMatching(
  entries: readonly ContextEntry[],
  include: PatternMatcher | undefined,
  exclude: PatternMatcher | undefined,
): Iterable<ContextEntry> {
  const open: OpenDirectory[] = [];
  for (const entry of entries) {
    while (open.length > 0 && !isInside(entry.path, (open.at(-1) as OpenDirectory).entry.path)) open.pop();
    const parent = open.at(-1);
    const included = include?.match(entry.path, parent?.include);
    const excluded = exclude?.match(entry.path, parent?.exclude);
    const kept = included?.matched !== false && excluded?.matched !== true;
    if (kept) yield* unsent(open);
    if (entry.type === 'directory') open.push({ entry, include: included, exclude: excluded, sent: kept });
    if (kept) yield entry;
  }
}

function* unsent(open: readonly OpenDirectory[]): Iterable<ContextEntry> {
  for (const directory of open) {
    if (!directory.sent) yield directory.entry;
    directory.sent = true;
  }
}

function isInside(path: string, directory: string): boolean {
  return path.length > directory.length && path.startsWith(directory) && path[directory.length] === '/';
}
