import { type CharacterSet, notNewline, single } from './character-set.ts';
import { type Cursor, malformed, parseClass, parseEscape, parseSetEscape, peek } from './parse-class.ts';

export type Assertion = 'begin' | 'end' | 'boundary' | 'notBoundary';

/** One step of an alternative. Groups only ever hold "any directories", so the steps form a line. */
export type Step =
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly repeat: 'once' | 'optional' | 'any' }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'directories' };

const directoriesGroup = '(.*/)?';
const largestCount = 1000;
const assertions: Readonly<Record<string, Assertion>> = {
  A: 'begin',
  z: 'end',
  b: 'boundary',
  B: 'notBoundary',
};

/**
 * Reads the part of Go's regular expressions that an ignore pattern can reach. Throws when Go would refuse it.
 * @see https://pkg.go.dev/regexp/syntax
 */
export function parseExpression(text: readonly number[]): Step[][] {
  const cursor: Cursor = { text, index: 0 };
  const alternatives: Step[][] = [];
  let steps: Step[] = [];
  while (cursor.index < text.length) {
    if (peek(cursor) !== '|') {
      steps.push(...parseRepeated(cursor));
      continue;
    }
    cursor.index += 1;
    alternatives.push(steps);
    steps = [];
  }
  return [...alternatives, steps];
}

function parseRepeated(cursor: Cursor): Step[] {
  if (isDirectoriesGroup(cursor)) {
    cursor.index += directoriesGroup.length;
    if (parseCount(cursor) !== undefined) throw malformed;
    return [{ kind: 'directories' }];
  }
  // A count with nothing before it, as in "a|{2}".
  if (parseCount(cursor) !== undefined || peek(cursor) === '*') throw malformed;
  const atoms = parseAtoms(cursor);
  const count = parseQuantifier(cursor);
  if (count === undefined) return atoms;
  if (parseQuantifier(cursor) !== undefined) throw malformed;
  const last = atoms.pop();
  if (last === undefined) throw malformed;
  return [...atoms, ...repeatStep(last, count)];
}

function isDirectoriesGroup(cursor: Cursor): boolean {
  return Array.from(directoriesGroup).every((character, offset) => peek(cursor, offset) === character);
}

interface Count {
  readonly min: number;
  /** Absent: without limit. */
  readonly max?: number;
}

function parseQuantifier(cursor: Cursor): Count | undefined {
  if (peek(cursor) !== '*') return parseCount(cursor);
  cursor.index += 1;
  return { min: 0 };
}

/** `{2}`, `{2,}` or `{2,3}`; anything else that starts with a brace is literal text. */
function parseCount(cursor: Cursor): Count | undefined {
  if (peek(cursor) !== '{') return undefined;
  let text = '';
  for (let offset = 0; offset < cursor.text.length && !text.endsWith('}'); offset += 1) {
    const character = peek(cursor, offset);
    if (character === '') break;
    text += character;
  }
  const match = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}$/u.exec(text);
  if (match === null) return undefined;
  cursor.index += text.length;
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : match[3] === undefined ? undefined : Number(match[3]);
  if (min > largestCount || (max !== undefined && (max > largestCount || min > max))) throw malformed;
  return max === undefined ? { min } : { min, max };
}

function repeatStep(step: Step, count: Count): Step[] {
  if (step.kind === 'directories') throw malformed;
  if (step.kind === 'assertion') return count.min === 0 ? [] : [step];
  const needed = Array.from({ length: count.min }, () => step);
  if (count.max === undefined) return [...needed, { ...step, repeat: 'any' }];
  const extra = Array.from({ length: count.max - count.min }, (): Step => ({ ...step, repeat: 'optional' }));
  return [...needed, ...extra];
}

/** Usually one atom; a `\Q…\E` quotation is several. */
function parseAtoms(cursor: Cursor): Step[] {
  const character = peek(cursor);
  if (character === '[') return [toSet(parseClass(cursor))];
  if (character === '\\') return parseBackslash(cursor);
  cursor.index += 1;
  if (character === '^') return [{ kind: 'assertion', assertion: 'begin' }];
  if (character === '$') return [{ kind: 'assertion', assertion: 'end' }];
  if (character === '.') return [toSet(notNewline)];
  if (character === '(' || character === ')' || character === '?') throw malformed;
  return [toSet(single(character.codePointAt(0) ?? 0))];
}

function parseBackslash(cursor: Cursor): Step[] {
  const letter = peek(cursor, 1);
  if (letter === 'Q') return parseQuotation(cursor);
  const assertion = Object.hasOwn(assertions, letter) ? assertions[letter] : undefined;
  if (assertion !== undefined) {
    cursor.index += 2;
    return [{ kind: 'assertion', assertion }];
  }
  return [toSet(parseSetEscape(cursor) ?? single(parseEscape(cursor)))];
}

function parseQuotation(cursor: Cursor): Step[] {
  cursor.index += 2;
  const steps: Step[] = [];
  while (cursor.index < cursor.text.length) {
    if (peek(cursor) === '\\' && peek(cursor, 1) === 'E') {
      cursor.index += 2;
      break;
    }
    steps.push(toSet(single(cursor.text[cursor.index] ?? 0)));
    cursor.index += 1;
  }
  return steps;
}

function toSet(set: CharacterSet): Step {
  return { kind: 'set', set, repeat: 'once' };
}
