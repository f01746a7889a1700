import { syntaxError } from './syntax-error.ts';

/** The strings of a JSON array; undefined when the text is none and so is taken as it is. Throws for other items. */
export function readJsonArray(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  const value = decode(text);
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown) => {
    if (typeof item === 'string') return wellFormed(item);
    return syntaxError(
      `The array ${text} holds something that is no string.`,
      'Put every item in double quotes.',
    );
  });
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Half a surrogate pair becomes U+FFFD, as in Go. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
