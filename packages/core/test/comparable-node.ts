import type { DockerfileNode } from '../src/ast/dockerfile.ts';
import { simplifyWord } from '../src/ast/simplify-word.ts';
import type { Word } from '../src/ast/word.ts';

/** What a file says, without how it says it: words simplified, positions and formatting left out. */
export function comparable(dockerfile: DockerfileNode): unknown {
  return strip({ args: dockerfile.args, stages: dockerfile.stages });
}

const formatting: ReadonlySet<string> = new Set(['source', 'comments', 'delimiter', 'braced']);

function strip(value: unknown, key = '', parent: object = {}): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, key, parent));
  if (typeof value === 'string' && isPath(key)) return value.replace(/^\.\/(?=\d*<<)/u, '');
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'RawWord') return strip(simplify(value as Word, key, parent), key);
  if ('kind' in value && value.kind === 'name') return { image: 'name' in value ? value.name : '' };
  if ('kind' in value && value.kind === 'image') return { image: 'image' in value ? strip(value.image) : '' };
  const entries = Object.entries(value)
    .filter(([name, member]) => !formatting.has(name) && !isEmpty(member) && !isFileName(name, value))
    .map(([name, member]) => [name, strip(member, name, value)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function simplify(word: Word, key: string, parent: object): Word {
  if (key === 'data') return simplifyWord(word, { heredocBody: true });
  return simplifyWord(word, { splits: 'kind' in parent && parent.kind === 'Expose' });
}

/** Absent, false and empty lists mean the same. */
function isEmpty(member: unknown): boolean {
  return member === undefined || member === false || (Array.isArray(member) && member.length === 0);
}

/** A path that looks like a here-document is written with `./` in front, which changes nothing. */
function isPath(key: string): boolean {
  return key === 'dest' || key === 'sources' || key === 'parts';
}

/** The printer chooses the name of a file that has none. */
function isFileName(name: string, parent: object): boolean {
  return name === 'name' && 'data' in parent;
}
