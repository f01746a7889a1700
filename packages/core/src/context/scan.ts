import type { BigIntStats } from 'node:fs';
import type { ContextRead } from '../build/context-read.ts';
import type { ByteString } from './bytes.ts';
import { accessError, changed, unsupported } from './context-errors.ts';
import {
  judgePath,
  type LineSet,
  type LineVerdict,
  mayReinclude,
  type Reinclude,
} from './ignore/ignore-rules.ts';
import {
  closeDirectory,
  isInPlace,
  listDirectory,
  type OpenDirectory,
  openBelow,
  quickStatBelow,
  readLinkBelow,
  statDirectory,
} from './open-directory.ts';
import {
  type LeafDetails,
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedNode,
  pathBelow,
} from './planned-tree.ts';
import { type Interest, stepInterest } from './selection.ts';

/** What the scan needs to know besides the directory. */
export interface ScanRules {
  readonly ignore: LineSet;
  readonly reinclude: Reinclude;
  /** Pipes and devices: sent as the docker CLI does, or refused. */
  readonly specialFiles: 'send' | 'refuse';
  /** Awaited when it gives a promise. */
  readonly breathe: () => Promise<void> | undefined;
  /** Collects the sockets, which cannot be sent. */
  readonly skipped: Set<ByteString>;
  /** Collects the reads that took something. */
  readonly matched: Set<ContextRead>;
  /** Told of every node that will travel, in the order of a listing. */
  readonly tell?: ((node: PlannedNode) => void) | undefined;
}

/** One directory while it is walked. */
export interface Visit {
  readonly directory: OpenDirectory;
  /** Receives what is found. */
  readonly into: PlannedDirectory;
  readonly interest: Interest;
  readonly verdict?: LineVerdict;
}

/** Fills the directory with the nodes that somebody wants and nothing ignores. */
export async function scanDirectory(visit: Visit, rules: ScanRules): Promise<void> {
  const nodes: PlannedNode[] = [];
  for (const name of namesIn(visit)) {
    const pause = rules.breathe();
    if (pause !== undefined) await pause;
    const found = scanEntry(visit, name, rules);
    const node = found instanceof Promise ? await found : found;
    if (node !== undefined) nodes.push(node);
  }
  // A copy has no room to spare, which adds up over many small directories.
  visit.into.children = nodes.slice();
}

function namesIn(visit: Visit): ByteString[] {
  try {
    return listDirectory(visit.directory);
  } catch (error) {
    throw accessError(visit.into.path === '' ? '.' : visit.into.path, error);
  }
}

function scanEntry(
  visit: Visit,
  name: ByteString,
  rules: ScanRules,
): PlannedLeaf | undefined | Promise<PlannedDirectory | undefined> {
  const path = pathBelow(visit.into.path, name);
  // Asked as if it were a directory first: most names of a big directory can be passed over without a look.
  const below = stepInterest(visit.interest, name, path, true);
  if (below.progress.length === 0) return undefined;
  const verdict = judgePath(rules.ignore, path, visit.verdict);
  if (verdict.ignored && !mayReinclude(rules.ignore, path, rules.reinclude)) return undefined;
  const stats = statEntry(visit.directory, name, path);
  if (stats.isDirectory()) return scanBelow(visit, { name, path, interest: below, verdict, stats }, rules);
  if (verdict.ignored || below.wantedBy.length === 0) return undefined;
  const leaf = toLeaf(visit, name, stats, rules);
  if (leaf === undefined) return undefined;
  noteMatches(below, rules);
  rules.tell?.(leaf);
  return leaf;
}

function statEntry(directory: OpenDirectory, name: ByteString, path: ByteString): BigIntStats {
  try {
    return quickStatBelow(directory, name);
  } catch (error) {
    throw accessError(path, error);
  }
}

interface Found {
  readonly name: ByteString;
  readonly path: ByteString;
  readonly interest: Interest;
  readonly verdict: LineVerdict;
  readonly stats: BigIntStats;
}

async function scanBelow(
  visit: Visit,
  found: Found,
  rules: ScanRules,
): Promise<PlannedDirectory | undefined> {
  const { name, path, interest, verdict } = found;
  const directory = openFound(visit.directory, found);
  try {
    const stats = statDirectory(directory);
    if (found.stats.ino !== stats.ino || found.stats.dev !== stats.dev) throw changed(path, 'was replaced');
    const { prints } = visit.into;
    const into: PlannedDirectory = {
      kind: 'directory',
      name,
      parent: visit.into,
      path,
      print: prints.add(stats),
      prints,
      ignored: verdict.ignored,
      children: [],
    };
    const wanted = interest.wantedBy.length > 0 && !verdict.ignored;
    if (wanted) {
      noteMatches(interest, rules);
      rules.tell?.(into);
    }
    await scanDirectory({ directory, into, interest, verdict }, rules);
    if (!stillInPlace(directory, stats, path)) throw changed(path, 'was replaced');
    return into.children.length > 0 || wanted ? into : undefined;
  } finally {
    closeDirectory(directory);
  }
}

// What was found by the plain path must have been found in this directory.
function stillInPlace(directory: OpenDirectory, stats: BigIntStats, path: ByteString): boolean {
  try {
    return isInPlace(directory, stats);
  } catch (error) {
    throw accessError(path, error);
  }
}

function noteMatches(interest: Interest, rules: ScanRules): void {
  for (const target of interest.wantedBy) rules.matched.add(target.read);
}

function openFound(parent: OpenDirectory, found: Found): OpenDirectory {
  try {
    return openBelow(parent, found.name);
  } catch (error) {
    throw accessError(found.path, error);
  }
}

function toLeaf(
  visit: Visit,
  name: ByteString,
  stats: BigIntStats,
  rules: ScanRules,
): PlannedLeaf | undefined {
  const path = pathBelow(visit.into.path, name);
  if (stats.isSocket()) {
    rules.skipped.add(path);
    return undefined;
  }
  const kind = kindOf(stats);
  if (rules.specialFiles === 'refuse' && (kind === 'fifo' || kind === 'device')) {
    throw unsupported(path, 'is a pipe or a device');
  }
  const target = kind === 'symlink' ? readTarget(visit.directory, name, path) : undefined;
  const print = visit.into.prints.add(stats);
  return { kind, name, parent: visit.into, print, more: leafDetails(kind, stats, target) };
}

function kindOf(stats: BigIntStats): PlannedLeaf['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'symlink';
  return stats.isFIFO() ? 'fifo' : 'device';
}

function leafDetails(
  kind: PlannedLeaf['kind'],
  stats: BigIntStats,
  target: ByteString | undefined,
): LeafDetails | undefined {
  if (target === undefined && stats.nlink <= 1n && kind !== 'device') return undefined;
  return {
    ...(target === undefined ? {} : { target }),
    ...(stats.nlink > 1n ? { identity: `${stats.dev}:${stats.ino}` } : {}),
    ...(kind === 'device' ? { deviceNumber: stats.rdev } : {}),
  };
}

function readTarget(directory: OpenDirectory, name: ByteString, path: ByteString): ByteString {
  try {
    return readLinkBelow(directory, name);
  } catch (error) {
    throw accessError(path, error);
  }
}
