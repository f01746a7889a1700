import type { ByteString } from '../bytes.ts';
import { cleanPath } from './clean-path.ts';
import { compileAlternatives, type LinearProgram, runProgram } from './linear-program.ts';
import { passesTrial } from './name-pattern.ts';
import { parseExpression } from './parse-expression.ts';
import { toExpression } from './to-expression.ts';

/** Compares paths with one pattern. */
export interface PathPattern {
  readonly text: ByteString;
  /** Whether the pattern covers the path. Throws {@link malformed} when Go would refuse the pattern only now. */
  matches(path: ByteString): boolean;
  /** Whether it covers the path or one of the directories above it. */
  matchesWithParents(path: ByteString): boolean;
}

/** Compiles a cleaned pattern; undefined when its syntax is wrong. */
export function compilePathPattern(text: ByteString): PathPattern | undefined {
  if (!passesTrial(text)) return undefined;
  const { match, expression } = toExpression(text);
  if (match === 'expression') return expressionPattern(text, expression);
  const test = { exact: exactTest, prefix: prefixTest, suffix: suffixTest }[match](text);
  return {
    text,
    matches: test,
    matchesWithParents: (path) => test(path) || parentsOf(path).some(test),
  };
}

/** `a`, `a/b` for `a/b/c`. */
function parentsOf(path: ByteString): ByteString[] {
  const parents: ByteString[] = [];
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}

function exactTest(text: ByteString): (path: ByteString) => boolean {
  return (path) => path === text;
}

function prefixTest(text: ByteString): (path: ByteString) => boolean {
  const prefix = text.slice(0, -2);
  return (path) => path.startsWith(prefix);
}

function suffixTest(text: ByteString): (path: ByteString) => boolean {
  const suffix = text.slice(2);
  const whole = suffix.startsWith('/') ? suffix.slice(1) : undefined;
  return (path) => path === whole || path.endsWith(suffix);
}

function expressionPattern(text: ByteString, expression: readonly number[]): PathPattern {
  let program: LinearProgram | undefined;
  // The first path decides whether the pattern is one that Go refuses.
  const compiled = (): LinearProgram => {
    program ??= compileAlternatives(parseExpression(expression));
    return program;
  };
  const prefix = literalPrefix(text);
  const suffix = literalSuffix(text);
  return {
    text,
    matches: (path) => {
      const run = compiled();
      return path.startsWith(prefix) && path.endsWith(suffix) && runProgram(run, path, false);
    },
    matchesWithParents: (path) => {
      const run = compiled();
      const ends = path.endsWith(suffix) || path.includes(`${suffix}/`);
      return path.startsWith(prefix) && ends && runProgram(run, path, true);
    },
  };
}

const unusual = /[|\\[\]{}^\u0080-\u00ff]/u;

/** The start and the end every matching path must have: a quick way out for most paths and patterns. */
function literalPrefix(text: ByteString): ByteString {
  return unusual.test(text) ? '' : (/^[^*?]*/u.exec(text)?.[0] ?? '');
}

function literalSuffix(text: ByteString): ByteString {
  return unusual.test(text) ? '' : (/[^*?/]*$/u.exec(text)?.[0] ?? '');
}

/** A pattern as an ignore file or an exclude flag gives it, cleaned the way the docker CLI does. */
export function cleanPattern(text: ByteString): ByteString {
  const cleaned = cleanPath(text);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}
