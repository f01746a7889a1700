import { formsOf, shortForm } from './secret-forms.ts';

/** Hides secret values in text, also when they were encoded on the way. */
export interface Redactor {
  /**
   * From now on hides `secret`, its lines, and their usual encodings. Values below 4 characters are left alone; of a
   * value over 32 KiB the first 32 KiB are hidden.
   */
  add(secret: string | Uint8Array): void;
  redact(text: string): string;
  /** Length of the longest form that is hidden: what a reader must hold back to not miss one at a cut. */
  readonly longest: number;
}

const mask = '[redacted]';
/** Forms are found by their first characters. */
const keyLength = 4;
/** Long encoded forms are found by any of their pieces of this length that starts at a multiple of it. */
const pieceLength = shortForm / 2;
/** Encoded lines of a secret can have this many characters between them that belong to neither. */
const longestSeam = 8;

interface Index {
  readonly forms: Set<string>;
  /** By the first characters, longest first. */
  readonly starts: Map<string, string[]>;
  readonly pieces: Map<string, { readonly form: string; readonly offset: number }>;
  longest: number;
}

export function createRedactor(): Redactor {
  const index: Index = { forms: new Set(), starts: new Map(), pieces: new Map(), longest: 0 };
  return {
    get longest(): number {
      return index.longest;
    },
    add(secret) {
      const { whole, encoded } = formsOf(secret);
      for (const form of whole) addWhole(index, form);
      for (const form of encoded) addPieces(index, form);
    },
    redact: (text) => (index.forms.size === 0 ? text : redact(index, text)),
  };
}

function addWhole(index: Index, form: string): void {
  if (!remember(index, form)) return;
  const key = form.slice(0, keyLength);
  const forms = index.starts.get(key);
  if (forms === undefined) index.starts.set(key, [form]);
  else forms.splice(forms.findLastIndex((other) => other.length >= form.length) + 1, 0, form);
}

function addPieces(index: Index, form: string): void {
  if (!remember(index, form)) return;
  for (let offset = 0; offset + pieceLength <= form.length; offset += pieceLength) {
    const piece = form.slice(offset, offset + pieceLength);
    if (!index.pieces.has(piece)) index.pieces.set(piece, { form, offset });
  }
}

function remember(index: Index, form: string): boolean {
  if (index.forms.has(form)) return false;
  index.forms.add(form);
  index.longest = Math.max(index.longest, form.length);
  return true;
}

function redact(index: Index, text: string): string {
  const kept: string[] = [];
  let keptUntil = 0;
  for (let position = 0; position < text.length; ) {
    const found = wholeAt(index, text, position) ?? pieceAt(index, text, position, keptUntil);
    if (found === undefined) {
      position += 1;
      continue;
    }
    const between = text.slice(keptUntil, found.start);
    // What stands for a line end between two lines of a secret.
    if (keptUntil === 0 || between.length > longestSeam || /\s/u.test(between)) kept.push(between, mask);
    keptUntil = found.end;
    position = found.end;
  }
  kept.push(text.slice(keptUntil));
  return kept.join('');
}

interface Found {
  readonly start: number;
  readonly end: number;
}

function wholeAt({ starts }: Index, text: string, start: number): Found | undefined {
  const forms = starts.get(text.slice(start, start + keyLength));
  const form = forms?.find((candidate) => text.startsWith(candidate, start));
  return form === undefined ? undefined : { start, end: start + form.length };
}

/** The stretch around a piece that agrees with its form, from `first` on. */
function pieceAt({ pieces }: Index, text: string, position: number, first: number): Found | undefined {
  if (pieces.size === 0) return undefined;
  const piece = pieces.get(text.slice(position, position + pieceLength));
  if (piece === undefined) return undefined;
  const { form, offset } = piece;
  let before = 0;
  while (
    position - before > first &&
    before < offset &&
    text[position - before - 1] === form[offset - before - 1]
  ) {
    before += 1;
  }
  let after = pieceLength;
  while (
    position + after < text.length &&
    offset + after < form.length &&
    text[position + after] === form[offset + after]
  ) {
    after += 1;
  }
  return { start: position - before, end: position + after };
}
