import type { ArgNode } from '../ast/arg.ts';
import type { ArgDeclaration } from '../ast/word.ts';
import { fitted } from './layout.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

export function printArg(node: ArgNode, context: PrintContext): string {
  if (node.args.length === 0) refuse(context, 'ARG declares nothing.', 'Name at least one argument.');
  return fitted(
    'ARG',
    node.args.map((declaration) => printDeclaration(declaration, context)),
    context,
  );
}

/** Nothing takes quotes off a name. */
function printDeclaration({ name, default: value }: ArgDeclaration, context: PrintContext): string {
  if (!/^(?!--)[^\s\0\u0085"'$=\\`#\uD800-\uDFFF]+$/u.test(name)) {
    refuse(context, `${quoteValue(name)} is not an argument name.`, 'Use letters, digits and underscores.');
  }
  return value === undefined ? name : `${name}=${printWord(value, 'pair', context, 'ARG default')}`;
}
