import type { EnvNode, KeyValue } from '../ast/env.ts';
import type { LabelNode } from '../ast/label.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** ENV and LABEL. */
export function parsePairs<Node extends EnvNode | LabelNode>(kind: Node['kind'], statement: Statement): Node {
  requireArguments(statement);
  readFlagValues(statement);
  const pairs = (statement.pairs ?? []).map(([key, value]): KeyValue => {
    if (key === '') syntaxError(`${statement.name} has a pair without a name.`, 'Write key=value.');
    return [rawWord(key, statement), rawWord(value, statement)];
  });
  const node = startNode<EnvNode | LabelNode>(kind, statement);
  node.pairs = freeze(pairs);
  if (statement.legacy) node.legacy = true;
  return freeze(node) as Node;
}
