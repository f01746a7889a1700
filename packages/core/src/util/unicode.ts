const spacePattern = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]$/u;

/** White space as Go's `unicode.IsSpace` sees it: unlike `\s` with U+0085 and without the byte order mark. */
export function isSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code > 0x20 && code < 0x80) return false;
  return code === 0x20 || spacePattern.test(character);
}

/** A letter of any script. */
export function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

/** A decimal digit of any script. */
export function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}

/** Lower case as Go's `strings.ToLower` has it: letter by letter, so that a dotted capital I becomes a plain i. */
export function lowerCase(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}
