/** Hides secret values in text, also when they were encoded on the way. */
export interface Redactor {
  /** From now on hides `secret`, its lines, and their usual encodings. Values below 4 characters are left alone. */
  add(secret: string | Uint8Array): void;
  redact(text: string): string;
  /** Length of the longest form that is hidden: what a reader must hold back to not miss one at a cut. */
  readonly longest: number;
}

const mask = '[redacted]';
const shortestSecret = 4;
const shortestLine = 8;

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;
  let longest = 0;
  return {
    get longest(): number {
      return longest;
    },
    add(secret) {
      for (const form of formsOf(secret)) forms.add(form);
      const sorted = [...forms].sort((first, second) => second.length - first.length);
      longest = sorted[0]?.length ?? 0;
      pattern = sorted.length === 0 ? undefined : new RegExp(sorted.map(escapeRegExp).join('|'), 'gu');
    },
    redact: (text) => (pattern === undefined ? text : text.replace(pattern, mask)),
  };
}

function* formsOf(secret: string | Uint8Array): Iterable<string> {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  const text = new TextDecoder().decode(bytes);
  const trimmed = text.trim();
  if (trimmed.length < shortestSecret) return;
  const lines = trimmed.split(/\r?\n/u).map((line) => line.trim());
  const parts = lines.length === 1 ? [] : lines.filter((line) => line.length >= shortestLine);
  for (const value of new Set([text, trimmed, ...parts])) {
    yield value;
    yield value.toUpperCase();
    yield value.toLowerCase();
    yield JSON.stringify(value).slice(1, -1);
    yield encodeURIComponent(value);
    yield encodeURIComponent(value).replaceAll('%20', '+');
    const encoded = new TextEncoder().encode(value);
    yield* hexForms(encoded);
    yield* base64Forms(encoded);
  }
}

function* hexForms(bytes: Uint8Array): Iterable<string> {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  yield hex;
  yield hex.toUpperCase();
}

// Inside longer base64 text a value looks different depending on where its first byte falls in a group of three.
function* base64Forms(bytes: Uint8Array): Iterable<string> {
  for (const shift of [0, 1, 2]) {
    const shifted = new Uint8Array(bytes.length + shift);
    shifted.set(bytes, shift);
    const encoded = btoa(String.fromCharCode(...shifted)).replace(/=+$/u, '');
    const start = shift === 0 ? 0 : shift + 1;
    const end = (bytes.length + shift) % 3 === 0 ? encoded.length : encoded.length - 1;
    const inner = encoded.slice(start, end);
    if (inner.length < shortestSecret) continue;
    yield inner;
    yield inner.replaceAll('+', '-').replaceAll('/', '_');
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
