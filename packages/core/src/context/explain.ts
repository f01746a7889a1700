import type { ContextRead } from '../build/context-read.ts';
import { toText } from './bytes.ts';
import { droppedFiles, readersIn } from './explain-dropped.ts';
import type { IgnoreLine } from './ignore/ignore-rules.ts';
import { type ContextPlan, detailsOf, type PlanDetails } from './plan.ts';
import { nodesOf, pathOf, sizeOf } from './planned-tree.ts';
import { interestIn } from './selection.ts';
import type { ContextWarning } from './warnings.ts';

/** What happens to one file of the context, and why. */
export interface ExplainedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** `sent`, `ignored` by a line of the ignore file, or `unread`: no instruction reads it. */
  readonly fate: 'sent' | 'ignored' | 'unread';
  /** What reads it; of an ignored file, what would. */
  readonly readBy: readonly ContextRead[];
  /** The line that dropped it. */
  readonly ignoredBy?: IgnoreLine;
}

export interface DirectoryTotal {
  /** First component of the paths; `.` for files at the top. */
  readonly directory: string;
  readonly sentFiles: number;
  readonly sentBytes: number;
  readonly droppedFiles: number;
  readonly droppedBytes: number;
}

export interface ContextExplanation {
  /** Every file, sorted by path. */
  readonly files: readonly ExplainedFile[];
  readonly sent: { readonly files: number; readonly bytes: number };
  readonly dropped: { readonly files: number; readonly bytes: number };
  /** The heaviest first. */
  readonly directories: readonly DirectoryTotal[];
  /** The ten largest files that travel. */
  readonly largest: readonly ExplainedFile[];
  readonly warnings: readonly ContextWarning[];
}

const largestShown = 10;

/**
 * Says of every file in the context directory whether it travels, how big it is, and why.
 *
 * Looks at the directory again, so it is slower than planning: for people, not for builds.
 *
 * @example
 * const { files } = await explainContext(plan);
 * files[0]; // { path: 'debug.log', sizeBytes: 120, fate: 'ignored', readBy: [...], ignoredBy: { line: 3, ... } }
 */
export async function explainContext(plan: ContextPlan): Promise<ContextExplanation> {
  const details = detailsOf(plan);
  const files = [...sentFiles(details), ...(await droppedFiles(details))].sort((left, right) =>
    Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)),
  );
  const sent = files.filter((file) => file.fate === 'sent');
  const dropped = files.filter((file) => file.fate !== 'sent');
  return {
    files,
    sent: sumOf(sent),
    dropped: sumOf(dropped),
    directories: directoryTotals(files),
    largest: [...sent].sort((left, right) => right.sizeBytes - left.sizeBytes).slice(0, largestShown),
    warnings: plan.warnings,
  };
}

function* sentFiles(details: PlanDetails): Generator<ExplainedFile> {
  for (const node of nodesOf(details.tree.root)) {
    if (node.kind === 'directory') continue;
    const path = pathOf(node);
    const sizeBytes = node.kind === 'virtual' ? node.content.length : node.kind === 'file' ? sizeOf(node) : 0;
    yield {
      path: toText(path),
      sizeBytes,
      fate: 'sent',
      readBy: readersIn(interestIn(details.interest, path, true)),
    };
  }
}

function sumOf(files: readonly ExplainedFile[]): { files: number; bytes: number } {
  return { files: files.length, bytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) };
}

function directoryTotals(files: readonly ExplainedFile[]): DirectoryTotal[] {
  const groups = new Map<string, ExplainedFile[]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    const directory = slash < 0 ? '.' : file.path.slice(0, slash);
    const group = groups.get(directory);
    if (group === undefined) groups.set(directory, [file]);
    else group.push(file);
  }
  const totals = [...groups].map(([directory, group]): DirectoryTotal => {
    const sent = sumOf(group.filter((file) => file.fate === 'sent'));
    const dropped = sumOf(group.filter((file) => file.fate !== 'sent'));
    return {
      directory,
      sentFiles: sent.files,
      sentBytes: sent.bytes,
      droppedFiles: dropped.files,
      droppedBytes: dropped.bytes,
    };
  });
  return totals.sort(
    (left, right) => right.sentBytes - left.sentBytes || right.droppedBytes - left.droppedBytes,
  );
}
