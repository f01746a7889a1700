import type { ArgNode } from '../ast/arg.ts';
import { freeze } from '../util/freeze.ts';
import { rawWord, requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** Flags are not checked: BuildKit drops them. @see https://docs.docker.com/reference/dockerfile/#arg */
export function parseArg(statement: Statement): ArgNode {
  requireArguments(statement);
  const node = startNode<ArgNode>('Arg', statement);
  const args = statement.args.map((word) => {
    const equals = word.indexOf('=');
    if (equals === 0) syntaxError('An ARG has no name.', 'Write ARG name=default.');
    if (equals < 0) return freeze({ name: word });
    return freeze({ name: word.slice(0, equals), default: rawWord(word.slice(equals + 1), statement) });
  });
  node.args = freeze(args);
  return freeze(node);
}
