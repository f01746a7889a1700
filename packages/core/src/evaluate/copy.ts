import type { CopyNode } from '../ast/copy.ts';
import type { EvaluatedCopy } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';
import { originName } from './origin-name.ts';
import { joinPath, resolvePath } from './paths.ts';
import { sourceKind } from './remote-source.ts';
import { osOf } from './stage-state.ts';
import { addTransfer, contextPath, expandTransfer, type Transfer } from './transfer.ts';

export function evaluateCopy(node: CopyNode, context: InstructionContext): void {
  const transfer = expandTransfer(node, context);
  const [origin] = context.command.sources;
  if (origin !== undefined && !origin.dispatched && node.from !== undefined) {
    fail(
      `The stage "${originName(node.from)}" is copied from before it is defined.`,
      `Move it above the stage "${context.state.label}".`,
    );
  }
  const copies = transfer.sources.map((source) => copyOf(source, node, transfer, context));
  addTransfer(context, origin?.vertex ?? 'context', copies, transfer);
}

function copyOf(
  source: string,
  node: CopyNode,
  { dest, attributes }: Transfer,
  { state }: InstructionContext,
): EvaluatedCopy {
  if (sourceKind(source) !== 'path') {
    fail(`COPY can't fetch "${source}".`, 'Use ADD for URLs and git repositories.');
  }
  if (node.parents !== true) return { action: 'copy', src: contextPath(source, state), dest, ...attributes };
  const pivot = source.indexOf('/./');
  const root = pivot < 0 ? '/' : contextPath(source.slice(0, pivot), state);
  const pattern = resolvePath('/', pivot < 0 ? source : source.slice(pivot + 3), osOf(state));
  const hasWildcard = /(?:^|[^\\])(?:\\\\)*[*?[]/u;
  const required = hasWildcard.test(root) || hasWildcard.test(pattern) ? [] : [joinPath(root, pattern)];
  return {
    action: 'copy',
    src: root,
    dest,
    ...attributes,
    include: [pattern.replace(/^\//u, '')],
    ...(required.length === 0 ? {} : { required }),
  };
}
