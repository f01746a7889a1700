import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { ContextRead } from '../build/context-read.ts';
import type { ContextSource } from '../build/context-source.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { createBreather, throwIfAborted } from './breathe.ts';
import { type ByteString, toByteString } from './bytes.ts';
import { errorCode } from './context-errors.ts';
import { followLinks } from './follow-links.ts';
import { judgeAlone, type LineSet, type Reinclude } from './ignore/ignore-rules.ts';
import { type IgnoreRules, linesOf, readIgnore } from './ignore/read-ignore.ts';
import type { MtimePolicy } from './mtime-policy.ts';
import {
  closeDirectory,
  hasDescriptorPaths,
  type OpenDirectory,
  openRoot,
  statDirectory,
} from './open-directory.ts';
import { toSource } from './plan-source.ts';
import { nodesOf, type PlannedDirectory, sizeOf } from './planned-tree.ts';
import { createPrintTable } from './print-table.ts';
import { scanDirectory } from './scan.ts';
import { createTarget, type Interest, interestIn, startInterest, type Target } from './selection.ts';
import type { PlannedTree } from './tree-reader.ts';
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
  throwIfAborted(options.signal);
  const directory = options.directory === undefined ? undefined : realDirectory(options.directory);
  const ignore = linesOf(ignoreRules(options, directory));
  const reads = wantedReads(options);
  const skipped = new Set<ByteString>();
  const matched = new Set<ContextRead>();
  const scanned = await scanRoot(options, { directory, ignore, reads, skipped, matched });
  const { root, interest } = scanned;
  for (const file of toVirtualFiles(options.files ?? {}).map(planVirtual)) {
    const { wantedBy } = interestIn(interest, file.path, false);
    if (wantedBy.length > 0) insertVirtual(root, file);
    for (const target of wantedBy) matched.add(target.read);
  }
  const tree: PlannedTree = {
    directory: toByteString(directory ?? ''),
    root,
    byDescriptor: hasDescriptorPaths,
    wouldTake: (path, isDirectory) =>
      !skipped.has(path) &&
      interestIn(interest, path, isDirectory).wantedBy.length > 0 &&
      !judgeAlone(ignore, path).ignored,
  };
  const mtime = mtimePolicy(options);
  const plan: ContextPlan = Object.freeze({
    ...toSource(tree, mtime, identityOf(options, directory, reads, ignore)),
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

function realDirectory(directory: string): string {
  try {
    const real = realpathSync(directory);
    if (statSync(real).isDirectory()) return real;
  } catch (cause) {
    throw missingDirectory(directory, cause);
  }
  throw new StagecraftError('context-missing', `"${directory}" is not a directory.`, {
    hint: 'Give the path of the directory that COPY reads from.',
  });
}

function missingDirectory(directory: string, cause: unknown): StagecraftError {
  const missing = errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR';
  return missing
    ? new StagecraftError('context-missing', `The context directory "${directory}" does not exist.`, {
        hint: 'Give the path of a directory, relative to the working directory.',
        cause,
      })
    : new StagecraftError('context-unreadable', `The context directory "${directory}" cannot be read.`, {
        hint: 'Make it readable for this user.',
        cause,
      });
}

function ignoreRules(options: PlanContextOptions, directory: string | undefined): IgnoreRules {
  const { ignore, dockerfile } = options;
  if (ignore === false) return readIgnore('');
  if (typeof ignore === 'string') return readIgnore(ignore);
  if (ignore !== undefined) return ignore;
  if (directory === undefined) return readIgnore('');
  return readIgnore({ directory, ...(dockerfile === undefined ? {} : { dockerfile }) });
}

function wantedReads(options: PlanContextOptions): readonly ContextRead[] {
  if (options.reads === undefined) return [{ source: '.', kind: 'copy', whole: true }];
  return options.reads.filter((read) => read.context === options.context);
}

interface ScanInput {
  readonly directory: string | undefined;
  readonly ignore: LineSet;
  readonly reads: readonly ContextRead[];
  /** Collects the sockets that were passed over. */
  readonly skipped: Set<ByteString>;
  /** Collects the reads that took something. */
  readonly matched: Set<ContextRead>;
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

function mtimePolicy(options: PlanContextOptions): MtimePolicy {
  const { sourceDateEpoch } = options;
  if (sourceDateEpoch === undefined) return {};
  if (Number.isSafeInteger(sourceDateEpoch) && sourceDateEpoch >= 0) return { sourceDateEpoch };
  throw new StagecraftError('invalid-options', `"${sourceDateEpoch}" is no SOURCE_DATE_EPOCH.`, {
    hint: 'Give whole seconds since 1970.',
  });
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

function identityOf(
  options: PlanContextOptions,
  directory: string | undefined,
  reads: readonly ContextRead[],
  ignore: LineSet,
): string {
  const parts = [
    hostname(),
    userInfo().uid,
    directory ?? Object.keys(options.files ?? {}).sort(),
    options.context ?? '',
    reads.map(({ source, exclude, parents, whole }) => [
      source,
      exclude ?? [],
      parents === true,
      whole === true,
    ]),
    ignore.lines.map((line) => line.text),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
