/** Which code points an item of an expression takes. */
export type CharacterSet = (codePoint: number) => boolean;

const inRanges =
  (text: string): CharacterSet =>
  (codePoint) => {
    for (let index = 0; index < text.length; index += 2) {
      if (codePoint >= text.charCodeAt(index) && codePoint <= text.charCodeAt(index + 1)) return true;
    }
    return false;
  };

/** The ASCII classes, as pairs of first and last character. */
const named: Readonly<Record<string, CharacterSet>> = {
  alnum: inRanges('09AZaz'),
  alpha: inRanges('AZaz'),
  ascii: inRanges('\u0000\u007f'),
  blank: inRanges('\t\t  '),
  cntrl: inRanges('\u0000\u001f\u007f\u007f'),
  digit: inRanges('09'),
  graph: inRanges('!~'),
  lower: inRanges('az'),
  print: inRanges(' ~'),
  punct: inRanges('!/:@[`{~'),
  space: inRanges('\t\r  '),
  upper: inRanges('AZ'),
  word: inRanges('09AZaz__'),
  xdigit: inRanges('09AFaf'),
};

const perl: Readonly<Record<string, CharacterSet>> = {
  d: inRanges('09'),
  s: inRanges('\t\n\f\r  '),
  w: inRanges('09AZaz__'),
};

export const isWordCharacter: CharacterSet = inRanges('09AZaz__');

export const not =
  (set: CharacterSet): CharacterSet =>
  (codePoint) =>
    !set(codePoint);

export const single =
  (expected: number): CharacterSet =>
  (codePoint) =>
    codePoint === expected;

export const range =
  (low: number, high: number): CharacterSet =>
  (codePoint) =>
    codePoint >= low && codePoint <= high;

export const union =
  (sets: readonly CharacterSet[]): CharacterSet =>
  (codePoint) =>
    sets.some((set) => set(codePoint));

export const notNewline: CharacterSet = not(single(0x0a));

/** `[:alpha:]` by its name, `^alpha` for the negation; undefined when there is no such class. */
export function namedSet(name: string): CharacterSet | undefined {
  const negated = name.startsWith('^');
  const key = negated ? name.slice(1) : name;
  const set = Object.hasOwn(named, key) ? named[key] : undefined;
  return set !== undefined && negated ? not(set) : set;
}

/** `\d`, `\D`, `\s`, `\S`, `\w` and `\W` by their letter. */
export function perlSet(letter: string): CharacterSet | undefined {
  const key = letter.toLowerCase();
  const set = Object.hasOwn(perl, key) ? perl[key] : undefined;
  return set !== undefined && letter !== key ? not(set) : set;
}

/** `\p{Greek}` by its name; undefined when Go knows no category or script of that name. */
export function unicodeSet(name: string): CharacterSet | undefined {
  if (name === 'Any') return () => true;
  const expression = unicodeExpression(name);
  return expression === undefined
    ? undefined
    : (codePoint) => expression.test(String.fromCodePoint(codePoint));
}

function unicodeExpression(name: string): RegExp | undefined {
  if (name === 'C') return /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}]$/u;
  const property = /^[CLMNPSZ][a-z]?$/u.test(name) ? `gc=${name}` : `sc=${name}`;
  try {
    return /^\w+$/u.test(name) ? new RegExp(`^\\p{${property}}$`, 'u') : undefined;
  } catch {
    return undefined;
  }
}
