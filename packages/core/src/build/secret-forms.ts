/** How a secret may look in text. */
export interface SecretForms {
  /** Found only as a whole: the value itself, its lines, and spellings that stay readable. */
  readonly whole: ReadonlySet<string>;
  /** Found by any longer piece, since programs wrap them: hexadecimal and base64. */
  readonly encoded: ReadonlySet<string>;
}

const shortestSecret = 4;
const shortestLine = 8;
/** Encoded forms below this length are looked for as a whole, longer ones by their pieces. */
export const shortForm = 32;
/** What is looked for of a larger value. */
const consideredBytes = 32 * 1024;

/** Every form of `secret` to look for; none for one below 4 characters, which would hide half of every text. */
export function formsOf(secret: string | Uint8Array): SecretForms {
  const all = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const bytes = all.subarray(0, consideredBytes);
  const text = new TextDecoder().decode(bytes);
  const trimmed = text.trim();
  const whole = new Set<string>();
  const encoded = new Set<string>();
  if (trimmed.length < shortestSecret) return { whole, encoded };
  for (const value of [bytes, new TextEncoder().encode(trimmed)]) {
    for (const form of encodings(value)) (form.length < shortForm ? whole : encoded).add(form);
  }
  for (const value of new Set([text, trimmed, ...linesOf(trimmed)])) {
    for (const form of spellings(value)) whole.add(form);
    // A longer line encoded by itself is a piece of the whole encoded after zero, one or two bytes.
    for (const form of encodings(new TextEncoder().encode(value)))
      if (form.length < shortForm) whole.add(form);
  }
  return { whole, encoded };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= shortestLine);
}

function* spellings(value: string): Iterable<string> {
  yield value;
  yield value.toUpperCase();
  yield value.toLowerCase();
  yield JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  yield url;
  yield url.replaceAll('%20', '+');
}

function* encodings(bytes: Uint8Array): Iterable<string> {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  yield hex;
  yield hex.toUpperCase();
  yield* base64Forms(bytes);
}

// Inside longer base64 text a value looks different depending on where its first byte falls in a group of three.
function* base64Forms(bytes: Uint8Array): Iterable<string> {
  for (const shift of [0, 1, 2]) {
    const shifted = new Uint8Array(bytes.length + shift);
    shifted.set(bytes, shift);
    const encoded = toBase64(shifted);
    const end = (bytes.length + shift) % 3 === 0 ? encoded.length : encoded.length - 1;
    const inner = encoded.slice(shift === 0 ? 0 : shift + 1, end);
    if (inner.length < shortestSecret) continue;
    yield inner;
    yield inner.replaceAll('+', '-').replaceAll('/', '_');
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/=+$/u, '');
}
