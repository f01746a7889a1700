import type { ByteString } from '../bytes.ts';
import { decodeAt } from './code-point.ts';

/** One character of a name pattern: a byte, any character but a slash, or a class. */
type Item =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'any' }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [number, number])[];
    };

/** Characters that follow each other, and whether a star stands before them. */
interface Chunk {
  readonly star: boolean;
  readonly items: readonly Item[];
  readonly last: boolean;
}

/** A compiled `filepath.Match` pattern. */
export interface NamePattern {
  readonly chunks: readonly Chunk[];
}

const slash = 0x2f;

/** Whether the pattern has a character with a meaning of its own; a backslash takes it away from the next. */
export function hasWildcards(pattern: ByteString): boolean {
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '\\') index += 1;
    else if (character === '*' || character === '?' || character === '[') return true;
  }
  return false;
}

/** The name that a pattern without wildcards stands for. */
export function unescapePattern(pattern: ByteString): ByteString {
  return pattern.replace(/\\([\s\S])/gu, '$1');
}

/** A pattern that matches only `name`. */
export function escapePattern(name: ByteString): ByteString {
  return name.replace(/[\\*?[]/gu, '\\$&');
}

/**
 * Compiles a pattern; undefined when it is malformed.
 * @see https://pkg.go.dev/path/filepath#Match
 */
export function compileNamePattern(pattern: ByteString): NamePattern | undefined {
  const chunks: Chunk[] = [];
  for (const chunk of chunksOf(pattern)) {
    if (chunk === undefined) return undefined;
    chunks.push(chunk);
  }
  return { chunks };
}

/**
 * Whether Go accepts the pattern when it is tried on the name ".", which is how the docker CLI checks patterns.
 * What follows the first part that doesn't match is not looked at.
 */
export function passesTrial(pattern: ByteString): boolean {
  const name = '.';
  let position: number | undefined = 0;
  for (const chunk of chunksOf(pattern)) {
    if (chunk === undefined) return false;
    position = findChunk(chunk, name, position);
    if (position === undefined) return true;
  }
  return true;
}

/** The chunks of a pattern in order; undefined for the first malformed one, which is the last. */
function* chunksOf(pattern: ByteString): Generator<Chunk | undefined> {
  let index = 0;
  while (index < pattern.length) {
    const start = index;
    while (pattern[index] === '*') index += 1;
    const end = chunkEnd(pattern, index);
    const items = parseItems(pattern.slice(index, end));
    yield items === undefined ? undefined : { star: index > start, items, last: end === pattern.length };
    if (items === undefined) return;
    index = end;
  }
}

function chunkEnd(pattern: ByteString, start: number): number {
  let inClass = false;
  let index = start;
  for (; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '\\' && index + 1 < pattern.length) index += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '*' && !inClass) break;
  }
  return index;
}

function parseItems(chunk: ByteString): Item[] | undefined {
  const items: Item[] = [];
  let index = 0;
  while (index < chunk.length) {
    const character = chunk[index];
    if (character === '[') {
      const parsed = parseClass(chunk, index + 1);
      if (parsed === undefined) return undefined;
      items.push(parsed.item);
      index = parsed.end;
      continue;
    }
    if (character === '\\') index += 1;
    if (index >= chunk.length) return undefined;
    items.push(character === '?' ? { kind: 'any' } : { kind: 'byte', byte: chunk.charCodeAt(index) });
    index += 1;
  }
  return items;
}

function parseClass(chunk: ByteString, start: number): { item: Item; end: number } | undefined {
  const negated = chunk[start] === '^';
  const ranges: (readonly [number, number])[] = [];
  let index = negated ? start + 1 : start;
  while (chunk[index] !== ']' || ranges.length === 0) {
    const low = parseClassCharacter(chunk, index);
    if (low === undefined) return undefined;
    index = low.end;
    const high = chunk[index] === '-' ? parseClassCharacter(chunk, index + 1) : low;
    if (high === undefined) return undefined;
    index = high.end;
    ranges.push([low.codePoint, high.codePoint]);
  }
  return { item: { kind: 'class', negated, ranges }, end: index + 1 };
}

function parseClassCharacter(
  chunk: ByteString,
  start: number,
): { codePoint: number; end: number } | undefined {
  if (start >= chunk.length || chunk[start] === '-' || chunk[start] === ']') return undefined;
  const index = chunk[start] === '\\' ? start + 1 : start;
  if (index >= chunk.length) return undefined;
  const { codePoint, size } = decodeAt(chunk, index);
  const malformed = codePoint === 0xfffd && size === 1;
  // A class that ends the pattern without its bracket is malformed, too.
  return malformed || index + size >= chunk.length ? undefined : { codePoint, end: index + size };
}

/** Whether the pattern covers the whole of `name`. */
export function matchesName(pattern: NamePattern, name: ByteString): boolean {
  let position = 0;
  for (const chunk of pattern.chunks) {
    const next = findChunk(chunk, name, position);
    if (next === undefined) return false;
    position = next;
  }
  return position === name.length;
}

/** Where the chunk ends when it is put at `start`, or at the first later place a star lets it stand. */
function findChunk(chunk: Chunk, name: ByteString, start: number): number | undefined {
  if (chunk.star && chunk.items.length === 0) return name.includes('/', start) ? undefined : name.length;
  for (let position = start; position <= name.length; position += 1) {
    const end = matchItems(chunk.items, name, position);
    if (end !== undefined && (!chunk.last || end === name.length)) return end;
    if (!chunk.star || name.charCodeAt(position) === slash) return undefined;
  }
  return undefined;
}

function matchItems(items: readonly Item[], name: ByteString, start: number): number | undefined {
  let position = start;
  for (const item of items) {
    if (position >= name.length) return undefined;
    const byte = name.charCodeAt(position);
    if (item.kind === 'byte') {
      if (byte !== item.byte) return undefined;
      position += 1;
      continue;
    }
    const { codePoint, size } = decodeAt(name, position);
    if (item.kind === 'any' ? byte === slash : !matchesClass(item, codePoint)) return undefined;
    position += size;
  }
  return position;
}

function matchesClass(item: Item & { readonly kind: 'class' }, codePoint: number): boolean {
  return item.ranges.some(([low, high]) => low <= codePoint && codePoint <= high) !== item.negated;
}
