import { contextReads, type StageSource, toGraph } from '@stagecraft/core';
import {
  type ContextExplanation,
  type ExplainedFile,
  explainContext,
  planContext,
} from '@stagecraft/core/context';
import { showBytes } from './show-bytes.ts';

/** What of a directory travels to the engine for an image, and why. */
export async function explainImage(image: StageSource, directory: string): Promise<ContextExplanation> {
  return explainContext(await planContext({ directory, reads: contextReads(toGraph(image)) }));
}

/** The explanation as lines for a person. */
export function showExplanation({ sent, dropped, largest, warnings, files }: ContextExplanation): string {
  const rows = [
    `${sent.files} files, ${showBytes(sent.bytes)} travel; ${dropped.files} files, ${showBytes(dropped.bytes)} stay.`,
    ...files.map(showFile),
    ...(largest.length === 0 ? [] : ['', 'Largest:', ...largest.map(showFile)]),
    ...warnings.map(({ message }) => `warning: ${message}`),
  ];
  return `${rows.join('\n')}\n`;
}

function showFile(file: ExplainedFile): string {
  return `  ${showBytes(file.sizeBytes).padStart(9)}  ${file.path}  ${reasonOf(file)}`.trimEnd();
}

function reasonOf({ fate, readBy, ignoredBy }: ExplainedFile): string {
  if (fate === 'ignored') return `ignored by "${ignoredBy?.text ?? ''}" (line ${ignoredBy?.line ?? 0})`;
  if (fate === 'unread') return 'read by no instruction';
  return [...new Set(readBy.map(({ kind, source }) => `${kind.toUpperCase()} ${source}`))].join(', ');
}
