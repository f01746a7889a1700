/** Whether a whole slash-separated path matches. */
export type Glob = (path: string) => boolean;

type Token =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'star'; readonly crossesSlashes: boolean }
  | { readonly kind: 'directories' };

/**
 * Compiles `*`, `?`, `[…]`, `**` and backslash escapes as ignore files have them.
 *
 * Runs in time proportional to pattern times path, whatever the pattern: patterns are untrusted text.
 */
export function compileGlob(pattern: string): Glob {
  if (!/[*?[\\]/u.test(pattern)) return (path) => path === pattern;
  const tokens = readTokens([...pattern]);
  return (path) => run(tokens, [...path]);
}

function readTokens(characters: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] as string;
    if (character === '*' && characters[index + 1] === '*') {
      index += 1;
      const slash = characters[index + 1] === '/';
      if (slash) index += 1;
      tokens.push(slash ? { kind: 'directories' } : { kind: 'star', crossesSlashes: true });
    } else if (character === '*') tokens.push({ kind: 'star', crossesSlashes: false });
    else if (character === '?') tokens.push(one((candidate) => candidate !== '/'));
    else if (character === '[') {
      const range = readClass(characters, index);
      tokens.push(range.token);
      index = range.end;
    } else if (character === '\\' && index + 1 < characters.length) {
      index += 1;
      tokens.push(literal(characters[index] as string));
    } else tokens.push(literal(character));
  }
  return tokens;
}

function one(accepts: (character: string) => boolean): Token {
  return { kind: 'character', accepts };
}

function literal(character: string): Token {
  return one((candidate) => candidate === character);
}

function readClass(characters: readonly string[], start: number): { token: Token; end: number } {
  const end = characters.indexOf(']', start + 1);
  // An unclosed bracket is no class; it can only match itself.
  if (end < 0) return { token: literal('['), end: start };
  const body = characters.slice(start + 1, end);
  const negated = body[0] === '^';
  const ranges: (readonly [string, string])[] = [];
  for (let index = negated ? 1 : 0; index < body.length; index += 1) {
    const from = body[index] as string;
    const isRange = body[index + 1] === '-' && index + 2 < body.length;
    ranges.push([from, isRange ? (body[index + 2] as string) : from]);
    if (isRange) index += 2;
  }
  const inside = (candidate: string): boolean =>
    ranges.some(
      ([from, to]) => codePoint(from) <= codePoint(candidate) && codePoint(candidate) <= codePoint(to),
    );
  return { token: one((candidate) => inside(candidate) !== negated), end };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

// Follows every way through the tokens at once: `active[i]` says that the first i tokens matched so far.
function run(tokens: readonly Token[], path: readonly string[]): boolean {
  let active = skipEmpty(tokens, new Array<boolean>(tokens.length + 1).fill(false), 0);
  path.forEach((character, position) => {
    const next = new Array<boolean>(tokens.length + 1).fill(false);
    tokens.forEach((token, index) => {
      if (!active[index]) return;
      if (token.kind === 'character') {
        if (token.accepts(character)) skipEmpty(tokens, next, index + 1);
      } else if (token.kind === 'star') {
        if (token.crossesSlashes || character !== '/') skipEmpty(tokens, next, index);
      } else {
        next[index] = true;
        if (character === '/' && position > 0) skipEmpty(tokens, next, index + 1);
      }
    });
    active = next;
  });
  return active[tokens.length] === true;
}

function skipEmpty(tokens: readonly Token[], active: boolean[], start: number): boolean[] {
  for (let index = start; ; index += 1) {
    if (active[index]) return active;
    active[index] = true;
    const token = tokens[index];
    if (token === undefined || token.kind === 'character') return active;
  }
}
