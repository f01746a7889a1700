import type { AddNode } from '../ast/add.ts';
import type { EvaluatedCopy } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';
import { digestProblem } from './image-reference.ts';
import { fileNameOf, sourceKind } from './remote-source.ts';
import { addTransfer, contextPath, expandTransfer, type Transfer } from './transfer.ts';

export function evaluateAdd(node: AddNode, context: InstructionContext): void {
  const checksum = node.checksum === undefined ? '' : context.expand(node.checksum);
  const transfer = expandTransfer(node, context);
  if (checksum !== '') checkChecksum(checksum, transfer.sources);
  const copies = transfer.sources.map((source) => copyOf(source, node, transfer, context));
  const remote = transfer.sources.filter((source) => sourceKind(source) !== 'path');
  addTransfer(context, ['context', remote, checksum, node.keepGitDir ?? false], copies, transfer);
}

function checkChecksum(checksum: string, sources: readonly string[]): void {
  const [source = '', ...others] = sources;
  if (others.length > 0 || sources.length === 0) {
    fail('ADD --checksum takes exactly one source.', 'Write one ADD for each source.');
  }
  const kind = sourceKind(source);
  if (kind === 'path') fail(`ADD --checksum needs a URL or a git repository, not "${source}".`);
  const problem = kind === 'url' ? digestProblem(checksum) : undefined;
  if (problem !== undefined) fail(`The checksum "${checksum}" is not valid: ${problem}.`);
}

function copyOf(
  source: string,
  node: AddNode,
  { dest, attributes }: Transfer,
  { state }: InstructionContext,
): EvaluatedCopy {
  const kind = sourceKind(source);
  const unpack = node.unpack ?? kind === 'path';
  const paths = { git: '/', url: `/${fileNameOf(source)}`, path: contextPath(source, state) };
  return {
    action: 'copy',
    src: paths[kind],
    dest,
    ...attributes,
    ...(unpack && kind !== 'git' ? { unpack: true } : {}),
  };
}
