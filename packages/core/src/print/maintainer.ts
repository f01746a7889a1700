import type { MaintainerNode } from '../ast/maintainer.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isPlainLine } from './shell-text.ts';

export function printMaintainer(node: MaintainerNode, context: PrintContext): string {
  const { name } = node;
  if (isPlainLine(name, context.escape)) return `MAINTAINER ${name.startsWith('--') ? '-- ' : ''}${name}`;
  return refuse(
    context,
    `MAINTAINER cannot hold ${quoteValue(name)}.`,
    'Use .label({ "org.opencontainers.image.authors": … }).',
  );
}
