import type { KeyValue } from '../ast/env.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, requireArguments, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** What ENV and LABEL say. */
export function parsePairs(statement: Statement): {
  readonly pairs: readonly KeyValue[];
  readonly legacy?: boolean;
} {
  requireArguments(statement);
  readFlagValues(statement);
  const pairs = (statement.pairs ?? []).map(([key, value]): KeyValue => {
    if (key === '') syntaxError(`${statement.name} has a pair without a name.`, 'Write key=value.');
    return [rawWord(key, statement), rawWord(value, statement)];
  });
  return { pairs, ...(statement.legacy ? { legacy: true } : {}) };
}
