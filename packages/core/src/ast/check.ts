import { StagecraftError } from '../errors/stagecraft-error.ts';
import { didYouMean } from '../util/suggest.ts';
import type { Word } from './word.ts';

/** What an argument has to be. */
export type Kind =
  | 'text'
  | 'word'
  | 'value'
  | 'scalar'
  | 'id'
  | 'number'
  | 'flag'
  | 'texts'
  | 'patterns'
  | 'mounts'
  | 'devices'
  | 'record'
  | 'function'
  | 'origin';

/** How each kind is called and told: plain JavaScript gets no help from the types. */
const kinds: { readonly [K in Kind]: readonly [string, (value: unknown) => boolean] } = {
  text: ['text', isText],
  word: ['text or expand`…`', isWord],
  value: ['text, a number or expand`…`', (value) => isWord(value) || Number.isFinite(value)],
  scalar: ['text or a number', (value) => isText(value) || Number.isFinite(value)],
  id: ['text, a whole number or expand`…`', (value) => isWord(value) || isWhole(value)],
  number: ['a number', (value) => typeof value === 'number'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  texts: ['a list of texts', (value) => isListOf(value, isText)],
  patterns: ['text or a list of texts', (value) => isText(value) || isListOf(value, isText)],
  mounts: ['a list of mount.cache(…) and its like', (value) => isListOf(value, has('type'))],
  devices: ['a list of { name }', (value) => isListOf(value, has('name'))],
  record: ['an object', isRecord],
  function: ['a function', (value) => typeof value === 'function'],
  origin: ['a stage, image(…) or context(…)', isRecord],
};

/** The options of a call, each with what it has to be. */
export type Shape<Options> = { readonly [K in keyof Required<Options>]: Kind | readonly string[] };

/** Returns `value`, or throws `invalid-value` when it is of another kind or none of a list. `what` begins the sentence. */
export function check<T>(what: string, value: T, kind: Kind | readonly string[]): T {
  const [wanted, accepts] = typeof kind === 'string' ? kinds[kind] : oneOf(kind);
  if (accepts(value)) return value;
  throw new StagecraftError('invalid-value', `${what} must be ${wanted}, not ${show(value)}.`, {
    hint: nearest(value, kind) ?? 'Check where the value comes from.',
  });
}

/** Returns `options`, or throws `invalid-options` when one is unknown or of the wrong kind. */
export function checkOptions<T extends object>(call: string, options: T, shape: Shape<T>): T {
  if (!isRecord(options)) {
    throw new StagecraftError('invalid-options', `The options of ${call} are ${show(options)}.`, {
      hint: `Pass an object with some of: ${Object.keys(shape).join(', ')}.`,
    });
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(shape, name)) throw unknownOption(call, name, Object.keys(shape));
    if (value !== undefined) check(`The option "${name}" of ${call}`, value, shape[name as keyof T]);
  }
  return options;
}

/** Text for a number that stands for itself, such as a port or a user id. */
export function numberText(value: Word | number): Word {
  return typeof value === 'number' ? String(value) : value;
}

function nearest(value: unknown, kind: Kind | readonly string[]): string | undefined {
  return typeof kind === 'string' || typeof value !== 'string' ? undefined : didYouMean(value, kind);
}

function oneOf(names: readonly string[]): readonly [string, (value: unknown) => boolean] {
  return [names.map((name) => `"${name}"`).join(' or '), (value) => names.some((name) => name === value)];
}

function unknownOption(call: string, name: string, names: readonly string[]): StagecraftError {
  return new StagecraftError('invalid-options', `There is no option "${name}" for ${call}.`, {
    hint: didYouMean(name, names) ?? `Use some of: ${names.join(', ')}.`,
  });
}

function isWord(value: unknown): boolean {
  if (typeof value === 'string') return true;
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return kind === 'Expansion' || kind === 'RawWord';
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

function has(field: 'type' | 'name'): (item: unknown) => boolean {
  return (item) => isText((item as { readonly type?: unknown; readonly name?: unknown } | null)?.[field]);
}

function isRecord(value: unknown): boolean {
  // A promise or a date as options is a mistake, and both look like an object without any.
  return Object.prototype.toString.call(value) === '[object Object]';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** Short enough for a sentence, and safe for whatever a caller may have passed. */
function show(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (ArrayBuffer.isView(value)) return 'bytes';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
