import type { FromNode } from '../ast/from.ts';
import { wordFlag } from './flags.ts';
import { spaced } from './layout.ts';
import { baseWord } from './origin.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

export function printFrom(node: FromNode, context: PrintContext): string {
  const { platform, name } = node;
  const base = baseWord(node.base, context);
  if (base === '') refuse(context, 'FROM names no image.', 'Name an image, such as "debian:trixie-slim".');
  return spaced(
    'FROM',
    platform === undefined ? '' : wordFlag('platform', platform, context),
    printWord(base, 'list', context, 'FROM image'),
    name === undefined ? '' : `AS ${printName(name, context)}`,
  );
}

function printName(name: string, context: PrintContext): string {
  if (/^[a-z][a-z0-9_.-]*$/iu.test(name)) return name;
  return refuse(
    context,
    `${quoteValue(name)} is not a stage name.`,
    'Begin with a letter; use letters, digits, "-", "_" and ".".',
  );
}
