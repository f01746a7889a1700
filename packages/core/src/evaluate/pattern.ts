/** A compiled `${NAME#pattern}`: `*` and `?` match no line break, every other character matches itself. */
export interface Pattern {
  readonly tokens: readonly PatternToken[];
}

type PatternToken =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' };

/** A stretch of characters: `end` is the first one after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Compiles a pattern; throws the reason as an `Error` for an escape that BuildKit refuses.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
 */
export function compilePattern(characters: readonly string[]): Pattern {
  const tokens: PatternToken[] = [];
  // Go's text scanner drops a byte order mark in front.
  let index = characters[0] === '\uFEFF' ? 1 : 0;
  for (; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '*') tokens.push({ kind: 'many' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\') {
      index += 1;
      tokens.push({ kind: 'literal', character: escapedCharacter(characters[index]) });
    } else tokens.push({ kind: 'literal', character });
  }
  return { tokens };
}

function escapedCharacter(character: string | undefined): string {
  if (character !== undefined && '}/*?\\'.includes(character)) return character;
  throw new Error(`invalid escape '\\${character ?? '\uFFFD'}'`);
}

/** The same pattern read from the right; an escape stays before what it escapes. */
export function reversePattern(characters: readonly string[]): readonly string[] {
  const reversed: string[] = [];
  for (let index = characters.length - 1; index >= 0; index -= 1) {
    let escapes = 0;
    while (characters[index - 1 - escapes] === '\\') escapes += 1;
    reversed.push(...(escapes % 2 === 1 ? ['\\', characters[index] ?? ''] : [characters[index] ?? '']));
    if (escapes % 2 === 1) index -= 1;
  }
  return reversed;
}

/** Where a match that starts at the first character ends. */
export function matchPrefix(
  pattern: Pattern,
  characters: readonly string[],
  prefer: 'shortest' | 'longest',
): number | undefined {
  return search(pattern, characters, { from: 0, anchored: true, prefer })?.end;
}

/** The leftmost match from `from` on, and of those the longest. */
export function findMatch(pattern: Pattern, characters: readonly string[], from: number): Span | undefined {
  return search(pattern, characters, { from, anchored: false, prefer: 'longest' });
}

interface SearchOptions {
  readonly from: number;
  readonly anchored: boolean;
  readonly prefer: 'shortest' | 'longest';
}

/**
 * Walks the text once with all possible matches at a time, so no pattern is slow.
 *
 * `starts[n]` is the earliest start of a match whose next token is number n; infinity when there is none.
 */
function search(pattern: Pattern, characters: readonly string[], options: SearchOptions): Span | undefined {
  const { tokens } = pattern;
  const accepting = tokens.length;
  let starts = new Float64Array(accepting + 1).fill(Number.POSITIVE_INFINITY);
  let found: Span | undefined;
  for (let position = options.from; ; position += 1) {
    if (found === undefined && (!options.anchored || position === options.from)) {
      starts[0] = Math.min(starts[0] ?? position, position);
    }
    skipStars(tokens, starts);
    const start = starts[accepting] ?? Number.POSITIVE_INFINITY;
    if (start <= (found?.start ?? Number.MAX_SAFE_INTEGER)) {
      found = { start, end: position };
      if (options.prefer === 'shortest') return found;
    }
    const character = characters[position];
    const limit = found?.start ?? Number.MAX_SAFE_INTEGER;
    if (character === undefined || (found !== undefined && !starts.some((other) => other <= limit)))
      return found;
    starts = step(tokens, starts, character, limit);
    if (options.anchored && starts.every((other) => other > limit)) return found;
  }
}

function skipStars(tokens: readonly PatternToken[], starts: Float64Array): void {
  tokens.forEach((token, index) => {
    if (token.kind === 'many') starts[index + 1] = Math.min(starts[index + 1] ?? 0, starts[index] ?? 0);
  });
}

function step(
  tokens: readonly PatternToken[],
  starts: Float64Array,
  character: string,
  limit: number,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(starts.length).fill(Number.POSITIVE_INFINITY);
  tokens.forEach((token, index) => {
    const start = starts[index] ?? Number.POSITIVE_INFINITY;
    if (start > limit || !accepts(token, character)) return;
    const target = token.kind === 'many' ? index : index + 1;
    next[target] = Math.min(next[target] ?? start, start);
  });
  return next;
}

function accepts(token: PatternToken, character: string): boolean {
  return token.kind === 'literal' ? token.character === character : character !== '\n';
}
