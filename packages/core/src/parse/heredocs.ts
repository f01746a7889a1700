import type { Heredoc } from '../ast/node-base.ts';
import { splitWords } from '../ast/word-split.ts';

/** A here-document before its body is read. */
export type HeredocStart = Omit<Heredoc, 'content'>;

const pattern = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/u;
/** Nothing a shell would see anything in. */
const plainName = /^[\w.-]+$/;
const written = { quotes: 'keep', keepEscapes: true } as const;

/** The here-document a word opens, if it does. */
export function readHeredocWord(word: string): HeredocStart | undefined {
  // Most words of most files end here, unread.
  if (!word.includes('<<')) return undefined;
  const [, descriptor = '', dash = '', rest = ''] = pattern.exec(word) ?? [];
  if (rest === '') return undefined;
  const start = plainName.test(rest) ? { name: rest, expand: true } : readName(rest);
  if (start === undefined) return undefined;
  const { name, expand } = start;
  const chomp = dash === '-';
  return descriptor === ''
    ? { name, expand, chomp }
    : { name, expand, chomp, fileDescriptor: Number(descriptor) };
}

function readName(rest: string): Pick<HeredocStart, 'name' | 'expand'> | undefined {
  const [name, ...others] = splitWords(rest) ?? [];
  if (name === undefined || others.length > 0) return undefined;
  const [quoted] = splitWords(rest, { quotes: 'keep' }) ?? [];
  return { name, expand: quoted === name };
}

/** The here-documents a logical line opens, in order. None when a quote is left open anywhere. */
export function findHeredocs(line: string): readonly HeredocStart[] {
  if (!line.includes('<<')) return [];
  const words = splitWords(line, written) ?? [];
  const found: HeredocStart[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const apart = /^\d*<<$/u.test(word) ? readHeredocWord(`${word} ${words[index + 1] ?? ''}`) : undefined;
    if (apart !== undefined) index += 1;
    const start = apart ?? readHeredocWord(word);
    if (start !== undefined) found.push(start);
  }
  return found;
}

/** The body as it is used: `<<-` removes the tabs a line begins with; only a newline ends a line. */
export function usedContent({ content, chomp }: Pick<Heredoc, 'content' | 'chomp'>): string {
  return chomp ? content.replace(/(^|\n)\t+/gu, '$1') : content;
}
