import type { FromNode } from '../ast/from.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** @see https://docs.docker.com/reference/dockerfile/#from */
export function parseFrom(statement: Statement): FromNode {
  const [reference, as, name, ...others] = statement.args;
  const named = as !== undefined && as.toLowerCase() === 'as' && name !== undefined;
  if (reference === undefined || others.length > 0 || (as !== undefined && !named)) {
    syntaxError('FROM takes an image, or an image, AS and a name.', 'Write FROM image AS name.');
  }
  if (name !== undefined && !/^[a-z][a-z0-9-_.]*$/u.test(name.toLowerCase())) {
    syntaxError(
      `"${name}" is not a stage name.`,
      'Start with a letter; use letters, digits, "-", "_" and ".".',
    );
  }
  const platform = readFlagValues(statement, { platform: 'text' }).text('platform');
  const node = startNode<FromNode>('From', statement);
  node.base = freeze({ kind: 'image', image: rawWord(reference, statement) });
  if (platform !== undefined) node.platform = rawWord(platform, statement);
  if (name !== undefined) node.name = name;
  return freeze(node);
}
