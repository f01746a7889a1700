import type { BigIntStats } from 'node:fs';
import type { ContextRead } from '../build/context-read.ts';
import { createBreather } from './breathe.ts';
import { type ByteString, toText } from './bytes.ts';
import { accessError } from './context-errors.ts';
import type { ExplainedFile } from './explain.ts';
import { type IgnoreLine, judgePath, type LineVerdict, mayReinclude } from './ignore/ignore-rules.ts';
import {
  closeDirectory,
  listDirectory,
  type OpenDirectory,
  openBelow,
  openRoot,
  statBelow,
} from './open-directory.ts';
import type { PlanDetails } from './plan.ts';
import { nodesOf, pathBelow, pathOf } from './planned-tree.ts';
import { type Interest, stepInterest } from './selection.ts';

/** What the whole second look needs. */
interface Search {
  readonly details: PlanDetails;
  readonly sent: ReadonlySet<ByteString>;
  readonly found: ExplainedFile[];
  readonly breathe: () => Promise<void> | undefined;
}

/** One path of the second look. */
interface Place {
  readonly path: ByteString;
  readonly interest: Interest;
  readonly verdict?: LineVerdict;
  /** The line that closed a directory above, whatever `!` lines say about what is in it. */
  readonly closedBy?: IgnoreLine;
}

/** The files of the directory that do not travel, ignored directories looked into. */
export async function droppedFiles(details: PlanDetails): Promise<ExplainedFile[]> {
  if (details.tree.root.print === undefined) return [];
  const sent = new Set([...nodesOf(details.tree.root)].map(pathOf));
  const search: Search = { details, sent, found: [], breathe: createBreather() };
  const root = attempt('.', () => openRoot(details.tree.directory));
  try {
    await searchDirectory(search, root, { path: '', interest: details.interest });
  } finally {
    closeDirectory(root);
  }
  return search.found;
}

/** The reads that want a path. */
export function readersIn(interest: Interest): ContextRead[] {
  return [...new Set(interest.wantedBy.map((target) => target.read))];
}

async function searchDirectory(search: Search, directory: OpenDirectory, place: Place): Promise<void> {
  for (const name of attempt(place.path, () => listDirectory(directory))) {
    const pause = search.breathe();
    if (pause !== undefined) await pause;
    const child = childPlace(search, place, name);
    const stats = attempt(child.path, () => statBelow(directory, name));
    if (!stats.isDirectory()) noteFile(search, child, stats);
    else {
      const below = attempt(child.path, () => openBelow(directory, name));
      try {
        await searchDirectory(search, below, child);
      } finally {
        closeDirectory(below);
      }
    }
  }
}

function childPlace(search: Search, place: Place, name: ByteString): Place {
  const { ignore, reinclude } = search.details;
  const path = pathBelow(place.path, name);
  const verdict = judgePath(ignore, path, place.verdict);
  const closes = verdict.ignored && !mayReinclude(ignore, path, reinclude);
  const closedBy = place.closedBy ?? (closes ? verdict.decidedBy : undefined);
  const interest = stepInterest(place.interest, name, path, true);
  return { path, interest, verdict, ...(closedBy === undefined ? {} : { closedBy }) };
}

function noteFile(search: Search, place: Place, stats: BigIntStats): void {
  if (search.sent.has(place.path)) return;
  const line = place.closedBy ?? (place.verdict?.ignored === true ? place.verdict.decidedBy : undefined);
  search.found.push({
    path: toText(place.path),
    sizeBytes: stats.isFile() ? Number(stats.size) : 0,
    fate: line === undefined ? 'unread' : 'ignored',
    readBy: readersIn(place.interest),
    ...(line === undefined ? {} : { ignoredBy: { text: line.text, line: line.line, negated: line.negated } }),
  });
}

function attempt<T>(path: ByteString, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw accessError(path === '' ? '.' : path, error);
  }
}
