import { simplifyWord } from '../ast/simplify-word.ts';
import {
  type ArgDeclaration,
  createExpansion,
  type RawWord,
  type VariableReference,
  type Word,
} from '../ast/word.ts';
import { freeze } from '../util/freeze.ts';

/** Declarations that stand before the first FROM, by name. */
export type GlobalArgs = ReadonlyMap<string, ArgDeclaration>;

/** A copy of a parsed value in which every raw word is literal text or text with variables, where that says the same. */
export function simplifyWords<T>(value: T, splits = false): T {
  return simplify(value, '', splits) as T;
}

function simplify(value: unknown, key: string, splits: boolean): unknown {
  if (Array.isArray(value)) return freeze(value.map((item: unknown) => simplify(item, key, splits)));
  if (typeof value !== 'object' || value === null || key === 'source') return value;
  if (isRawWord(value)) return simplifyWord(value, { splits, heredocBody: key === 'data' });
  const cuts = splits || ('kind' in value && value.kind === 'Expose');
  return freeze(
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        keepsText(value, name) ? inner : simplify(inner, name, cuts),
      ]),
    ),
  );
}

/** The source of a COPY is a word and the source of a node is where it stood. */
function keepsText(parent: object, name: string): boolean {
  return name === 'source' && 'kind' in parent;
}

function isRawWord(value: object): value is RawWord {
  return 'kind' in value && value.kind === 'RawWord';
}

/** The same word with its variables bound to the declarations before the first FROM. */
export function bindGlobals(word: Word, globals: GlobalArgs): Word {
  if (typeof word === 'string' || word.kind === 'RawWord') return word;
  return createExpansion(word.parts.map((part) => (typeof part === 'string' ? part : bind(part, globals))));
}

function bind(variable: VariableReference, globals: GlobalArgs): VariableReference {
  const declaration = globals.get(variable.name);
  const { operand, replacement } = variable;
  return freeze({
    ...variable,
    ...(declaration === undefined ? {} : { declaration }),
    ...(operand === undefined ? {} : { operand: bindGlobals(operand, globals) }),
    ...(replacement === undefined ? {} : { replacement: bindGlobals(replacement, globals) }),
  });
}
