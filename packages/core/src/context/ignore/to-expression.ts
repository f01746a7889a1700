import type { ByteString } from '../bytes.ts';
import { decodeAll } from './code-point.ts';

/**
 * How a pattern is compared. The docker CLI turns a pattern into a Go regular expression only when it must,
 * and characters that mean something there keep that meaning in the ones it turns: both are kept here.
 * @see https://pkg.go.dev/github.com/moby/patternmatcher
 */
export interface PatternExpression {
  readonly match: 'exact' | 'prefix' | 'suffix' | 'expression';
  /** The regular expression, as code points. */
  readonly expression: readonly number[];
}

const codes = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

const star = 0x2a;
const slash = 0x2f;
const backslash = 0x5c;
const byteOrderMark = 0xfeff;
/** The pipe and the braces are missing here as they are in the docker CLI. */
const escaped = new Set(codes('.+()$'));
const brackets = new Set(codes('[]'));
const anyName = codes('[^/]*');
const anyCharacter = codes('[^/]');
const anyDirectories = codes('(.*/)?');
const anything = codes('.*');

export function toExpression(pattern: ByteString): PatternExpression {
  const characters = decodeAll(pattern);
  if (characters[0] === byteOrderMark) characters.shift();
  const expression = codes('^');
  let match: PatternExpression['match'] = 'exact';
  for (let index = 0; index < characters.length; index += 1) {
    const start = index;
    const character = characters[index] ?? 0;
    if (character === star && characters[index + 1] === star) {
      index += characters[index + 2] === slash ? 2 : 1;
      const last = index + 1 >= characters.length;
      if (last && match === 'exact') match = 'prefix';
      else {
        expression.push(...(last ? anything : anyDirectories));
        match = 'expression';
      }
      if (start === 0) match = 'suffix';
      continue;
    }
    const escapes = character === backslash && index + 1 < characters.length;
    if (escapes) index += 1;
    expression.push(...translate(character, characters[index] ?? 0));
    if (escapes || isSpecial(character)) match = 'expression';
  }
  expression.push(...codes('$'));
  return { match, expression };
}

function isSpecial(character: number): boolean {
  return character === star || character === 0x3f || brackets.has(character);
}

function translate(character: number, next: number): readonly number[] {
  if (character === star) return anyName;
  if (character === 0x3f) return anyCharacter;
  if (character === backslash) return [backslash, next];
  return escaped.has(character) ? [backslash, character] : [character];
}
