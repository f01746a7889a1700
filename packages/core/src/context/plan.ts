import type { ContextRead } from '../build/context-read.ts';
import type { ContextSource } from '../build/context-source.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { createBreather } from './breathe.ts';
import { type ByteString, toByteString } from './bytes.ts';
import { followLinks } from './follow-links.ts';
import { judgeAlone, type LineSet, type Reinclude } from './ignore/ignore-rules.ts';
import type { IgnoreRules } from './ignore/read-ignore.ts';
import {
  closeDirectory,
  hasDescriptorPaths,
  type OpenDirectory,
  openRoot,
  statDirectory,
} from './open-directory.ts';
import { toSource } from './plan-source.ts';
import { nodesOf, type PlannedDirectory, type PlannedNode, sizeOf } from './planned-tree.ts';
import { missingDirectory, type PreparedPlan, preparePlan } from './prepare-plan.ts';
import { createPrintTable } from './print-table.ts';
import { scanDirectory } from './scan.ts';
import { createTarget, type Interest, interestIn, startInterest, type Target } from './selection.ts';
import type { PlannedTree, TreePlace } from './tree-reader.ts';
import { insertVirtual, planVirtual, toVirtualFiles, type VirtualFiles } from './virtual-files.ts';
import { type ContextWarning, socketWarning, treeWarnings, unmatchedWarnings } from './warnings.ts';

export interface PlanContextOptions {
  /** The context directory; a symbolic link to one is followed. Without it only `files` travel. */
  readonly directory?: string;
  /** What the Dockerfile reads. Default: everything. Reads of other named contexts are passed over. */
  readonly reads?: readonly ContextRead[];
  /** Plan the named context of this name instead of the main one. */
  readonly context?: string;
  /** Rules, or the text of an ignore file; `false` for none. Default: what {@link readIgnore} finds. */
  readonly ignore?: IgnoreRules | string | false;
  /** Path of the Dockerfile, for its own `<Dockerfile>.dockerignore`. */
  readonly dockerfile?: string;
  /** In-memory files beside the directory. They win over files on disk, and are never ignored. */
  readonly files?: VirtualFiles;
  /** `SOURCE_DATE_EPOCH` in seconds: later modification times become this one. Default: times are kept. */
  readonly sourceDateEpoch?: number;
  /**
   * Below which ignored directories `!` lines are looked for: those a line spells out (default, as the docker
   * CLI does for the classic builder), or anywhere (as it does for BuildKit).
   */
  readonly reinclude?: Reinclude;
  /** Pipes and devices: sent (default, as the docker CLI does), or a `context-unsupported` error. */
  readonly specialFiles?: 'send' | 'refuse';
  readonly signal?: AbortSignal;
}

/** A context of which is known what travels. Engines take it as it is. */
export interface ContextPlan extends ContextSource {
  /** The real path of the directory; absent when there is none. */
  readonly directory?: string;
  readonly totals: { readonly files: number; readonly bytes: number };
  readonly warnings: readonly ContextWarning[];
}

/** What `explainContext` needs besides the plan. */
export interface PlanDetails {
  readonly tree: PlannedTree;
  readonly ignore: LineSet;
  readonly reinclude: Reinclude;
  readonly interest: Interest;
}

const detailsOfPlans = new WeakMap<ContextPlan, PlanDetails>();

export function detailsOf(plan: ContextPlan): PlanDetails {
  const details = detailsOfPlans.get(plan);
  if (details !== undefined) return details;
  throw new StagecraftError('invalid-options', 'This is no plan that "planContext" made.', {
    hint: 'Pass the result of "planContext" on as it is, not a copy of it.',
  });
}

/**
 * Works out which files a build needs from its context: those that are read and not ignored, and no others.
 *
 * Nothing is sent yet. The plan is what engines take; reading it later fails with `context-changed` when a file is
 * no longer as planned. Throws `context-missing`, `context-unreadable`, `context-unsupported` or `ignore-pattern`.
 *
 * @example
 * const plan = await planContext({ directory: '.', reads: [{ source: 'src', kind: 'copy' }] });
 * plan.totals; // { files: 12, bytes: 34567 }
 */
export async function planContext(options: PlanContextOptions): Promise<ContextPlan> {
  return finishPlan(options, preparePlan(options));
}

/** The plan of what was prepared. `tell` hears of what is found on disk while the rest is still looked for. */
export async function finishPlan(
  options: PlanContextOptions,
  { directory, ignore, reads, mtime, identity }: PreparedPlan,
  tell?: (node: PlannedNode) => void,
): Promise<ContextPlan> {
  const skipped = new Set<ByteString>();
  const matched = new Set<ContextRead>();
  const scanned = await scanRoot(options, { directory, ignore, reads, skipped, matched, tell });
  const { root, interest } = scanned;
  for (const file of toVirtualFiles(options.files ?? {}).map(planVirtual)) {
    const { wantedBy } = interestIn(interest, file.path, false);
    if (wantedBy.length > 0) insertVirtual(root, file);
    for (const target of wantedBy) matched.add(target.read);
  }
  const tree: PlannedTree = {
    ...placeOf(directory),
    root,
    wouldTake: (path, isDirectory) =>
      !skipped.has(path) &&
      interestIn(interest, path, isDirectory).wantedBy.length > 0 &&
      !judgeAlone(ignore, path).ignored,
  };
  const plan: ContextPlan = Object.freeze({
    ...toSource(tree, mtime, identity),
    ...(directory === undefined ? {} : { directory }),
    totals: totalsOf(root),
    warnings: [
      ...unmatchedWarnings(reads, matched),
      ...treeWarnings(root),
      ...[...skipped].map(socketWarning),
    ],
  });
  detailsOfPlans.set(plan, { tree, ignore, reinclude: options.reinclude ?? 'spelled-out', interest });
  return plan;
}

/** Where the files of a plan are read. */
export function placeOf(directory: string | undefined): TreePlace {
  return { directory: toByteString(directory ?? ''), byDescriptor: hasDescriptorPaths };
}

interface ScanInput {
  readonly directory: string | undefined;
  readonly ignore: LineSet;
  readonly reads: readonly ContextRead[];
  /** Collects the sockets that were passed over. */
  readonly skipped: Set<ByteString>;
  /** Collects the reads that took something. */
  readonly matched: Set<ContextRead>;
  readonly tell: ((node: PlannedNode) => void) | undefined;
}

async function scanRoot(
  options: PlanContextOptions,
  input: ScanInput,
): Promise<{ root: PlannedDirectory; interest: Interest }> {
  const prints = createPrintTable();
  const empty: PlannedDirectory = {
    kind: 'directory',
    name: '',
    path: '',
    ignored: false,
    children: [],
    prints,
  };
  if (input.directory === undefined) {
    return { root: empty, interest: startInterest(input.reads.map(createTarget)) };
  }
  const directory = openContext(input.directory);
  try {
    const print = prints.add(statDirectory(directory));
    const targets = input.reads.flatMap((read): Target[] => followLinks(directory, read));
    const interest = startInterest(targets);
    const root: PlannedDirectory = { ...empty, print };
    await scanDirectory(
      { directory, into: root, interest },
      {
        ignore: input.ignore,
        reinclude: options.reinclude ?? 'spelled-out',
        specialFiles: options.specialFiles ?? 'send',
        breathe: createBreather(options.signal),
        skipped: input.skipped,
        matched: input.matched,
        tell: input.tell,
      },
    );
    return { root, interest };
  } finally {
    closeDirectory(directory);
  }
}

function openContext(directory: string): OpenDirectory {
  try {
    return openRoot(toByteString(directory));
  } catch (cause) {
    throw missingDirectory(directory, cause);
  }
}

function totalsOf(root: PlannedDirectory): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  const counted = new Set<string>();
  for (const node of nodesOf(root)) {
    if (node.kind === 'directory') continue;
    files += 1;
    if (node.kind === 'virtual') bytes += node.content.length;
    if (node.kind !== 'file') continue;
    const identity = node.more?.identity;
    if (identity === undefined || !counted.has(identity)) bytes += sizeOf(node);
    if (identity !== undefined) counted.add(identity);
  }
  return { files, bytes };
}
