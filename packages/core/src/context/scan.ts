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
  listDirectory,
  type OpenDirectory,
  openBelow,
  readLinkBelow,
  statBelow,
  statDirectory,
} from './open-directory.ts';
import {
  isSameFile,
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedNode,
  toFingerprint,
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
}

/** One directory while it is walked. */
export interface Visit {
  readonly directory: OpenDirectory;
  readonly path: ByteString;
  readonly interest: Interest;
  readonly verdict?: LineVerdict;
}

/** The nodes below a directory that somebody wants and nothing ignores. */
export async function scanDirectory(visit: Visit, rules: ScanRules): Promise<PlannedNode[]> {
  const nodes: PlannedNode[] = [];
  for (const name of namesIn(visit)) {
    const path = visit.path === '' ? name : `${visit.path}/${name}`;
    const pause = rules.breathe();
    if (pause !== undefined) await pause;
    const found = scanEntry(visit, name, path, rules);
    const node = found instanceof Promise ? await found : found;
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function namesIn(visit: Visit): ByteString[] {
  try {
    return listDirectory(visit.directory);
  } catch (error) {
    throw accessError(visit.path === '' ? '.' : visit.path, error);
  }
}

function scanEntry(
  visit: Visit,
  name: ByteString,
  path: ByteString,
  rules: ScanRules,
): PlannedLeaf | undefined | Promise<PlannedDirectory | undefined> {
  // Asked as if it were a directory first: most names of a big directory can be passed over without a look.
  const below = stepInterest(visit.interest, name, path, true);
  if (below.progress.length === 0) return undefined;
  const verdict = judgePath(rules.ignore, path, visit.verdict);
  if (verdict.ignored && !mayReinclude(rules.ignore, path, rules.reinclude)) return undefined;
  const stats = statEntry(visit.directory, name, path);
  if (stats.isDirectory()) return scanBelow(visit, { name, path, interest: below, verdict, stats }, rules);
  if (verdict.ignored || below.wantedBy.length === 0) return undefined;
  const leaf = toLeaf(visit.directory, name, path, stats, rules);
  if (leaf !== undefined) noteMatches(below, rules);
  return leaf;
}

function statEntry(directory: OpenDirectory, name: ByteString, path: ByteString): BigIntStats {
  try {
    return statBelow(directory, name);
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
    if (!isSameFile(toFingerprint(found.stats), stats)) throw changed(path, 'was replaced');
    const children = await scanDirectory({ directory, path, interest, verdict }, rules);
    const wanted = interest.wantedBy.length > 0 && !verdict.ignored;
    if (children.length === 0 && !wanted) return undefined;
    if (wanted) noteMatches(interest, rules);
    return { kind: 'directory', name, path, print: toFingerprint(stats), ignored: verdict.ignored, children };
  } finally {
    closeDirectory(directory);
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
  directory: OpenDirectory,
  name: ByteString,
  path: ByteString,
  stats: BigIntStats,
  rules: ScanRules,
): PlannedLeaf | undefined {
  const print = toFingerprint(stats);
  if (stats.isFile()) return { kind: 'file', name, path, print };
  if (stats.isSymbolicLink())
    return { kind: 'symlink', name, path, print, target: readTarget(directory, name, path) };
  if (stats.isSocket()) {
    rules.skipped.add(path);
    return undefined;
  }
  if (rules.specialFiles === 'refuse') throw unsupported(path, 'is a pipe or a device');
  return { kind: stats.isFIFO() ? 'fifo' : 'device', name, path, print };
}

function readTarget(directory: OpenDirectory, name: ByteString, path: ByteString): ByteString {
  try {
    return readLinkBelow(directory, name);
  } catch (error) {
    throw accessError(path, error);
  }
}
