import {
  type CharacterSet,
  namedSet,
  not,
  perlSet,
  range,
  single,
  unicodeSet,
  union,
} from './character-set.ts';

/** Thrown inside this folder when Go would refuse the expression. */
export const malformed: Error = new Error('malformed expression');

/** An expression and the place the parser has reached in it. */
export interface Cursor {
  readonly text: readonly number[];
  index: number;
}

const simpleEscapes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const octal = /^[0-7]$/u;

export function peek(cursor: Cursor, offset = 0): string {
  const codePoint = cursor.text[cursor.index + offset];
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function take(cursor: Cursor): number {
  const codePoint = cursor.text[cursor.index];
  if (codePoint === undefined) throw malformed;
  cursor.index += 1;
  return codePoint;
}

/** `[…]`; the cursor stands on the bracket. */
export function parseClass(cursor: Cursor): CharacterSet {
  cursor.index += 1;
  const negated = peek(cursor) === '^';
  if (negated) cursor.index += 1;
  const sets: CharacterSet[] = [];
  while (peek(cursor) !== ']' || sets.length === 0) {
    sets.push(parseNamedClass(cursor) ?? parseSetEscape(cursor) ?? parseRange(cursor));
  }
  cursor.index += 1;
  return negated ? not(union(sets)) : union(sets);
}

function parseNamedClass(cursor: Cursor): CharacterSet | undefined {
  if (peek(cursor) !== '[' || peek(cursor, 1) !== ':') return undefined;
  const rest = String.fromCodePoint(...cursor.text.slice(cursor.index + 2));
  const end = rest.indexOf(':]');
  if (end < 0) return undefined;
  const set = namedSet(rest.slice(0, end));
  if (set === undefined) throw malformed;
  cursor.index += Array.from(rest.slice(0, end)).length + 4;
  return set;
}

function parseRange(cursor: Cursor): CharacterSet {
  const low = parseClassCharacter(cursor);
  if (peek(cursor) !== '-' || peek(cursor, 1) === ']' || peek(cursor, 1) === '') return single(low);
  cursor.index += 1;
  const high = parseClassCharacter(cursor);
  if (high < low) throw malformed;
  return range(low, high);
}

function parseClassCharacter(cursor: Cursor): number {
  return peek(cursor) === '\\' ? parseEscape(cursor) : take(cursor);
}

/** An escape that stands for several characters, such as `\d` or `\pL`; undefined when it is not one. */
export function parseSetEscape(cursor: Cursor): CharacterSet | undefined {
  if (peek(cursor) !== '\\') return undefined;
  const letter = peek(cursor, 1);
  const set = letter === '' ? undefined : perlSet(letter);
  if (set !== undefined) cursor.index += 2;
  return set ?? (letter === 'p' || letter === 'P' ? parseUnicodeClass(cursor, letter === 'P') : undefined);
}

function parseUnicodeClass(cursor: Cursor, upper: boolean): CharacterSet {
  cursor.index += 2;
  let name = String.fromCodePoint(take(cursor));
  if (name === '{') {
    name = '';
    for (let next = take(cursor); next !== 0x7d; next = take(cursor)) name += String.fromCodePoint(next);
  }
  const negated = name.startsWith('^');
  const set = unicodeSet(negated ? name.slice(1) : name);
  if (set === undefined) throw malformed;
  return negated !== upper ? not(set) : set;
}

/** An escape that stands for one character; the cursor stands on the backslash. */
export function parseEscape(cursor: Cursor): number {
  cursor.index += 1;
  const codePoint = take(cursor);
  const letter = String.fromCodePoint(codePoint);
  if (letter === 'x') return parseHexadecimal(cursor);
  // A single digit other than zero would refer back to a group, which Go does not have.
  if (letter === '0' || (octal.test(letter) && octal.test(peek(cursor))))
    return parseOctal(cursor, codePoint);
  if (Object.hasOwn(simpleEscapes, letter)) return simpleEscapes[letter] ?? 0;
  if (codePoint >= 0x80 || /[0-9A-Za-z]/u.test(letter)) throw malformed;
  return codePoint;
}

function parseOctal(cursor: Cursor, first: number): number {
  let value = first - 0x30;
  for (let digits = 1; digits < 3 && octal.test(peek(cursor)); digits += 1) {
    value = value * 8 + take(cursor) - 0x30;
  }
  return value;
}

function parseHexadecimal(cursor: Cursor): number {
  let digits = '';
  if (peek(cursor) === '{') {
    cursor.index += 1;
    for (let next = take(cursor); next !== 0x7d; next = take(cursor)) digits += String.fromCodePoint(next);
  } else {
    digits = String.fromCodePoint(take(cursor), take(cursor));
  }
  const value = /^[0-9A-Fa-f]+$/u.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  if (!(value <= 0x10ffff)) throw malformed;
  return value;
}
