import type { InlineFile, TransferFields } from '../ast/copy.ts';
import type { Heredoc } from '../ast/node-base.ts';
import { createRawWord, type RawWord } from '../ast/word.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import type { FlagValues } from './flag-values.ts';
import { readHeredocWord, usedContent } from './heredocs.ts';
import { type Mutable, rawWord, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** The flags COPY and ADD share. */
export const transferFlags: {
  readonly chown: 'text';
  readonly chmod: 'text';
  readonly link: 'boolean';
  readonly exclude: 'list';
} = {
  chown: 'text',
  chmod: 'text',
  link: 'boolean',
  exclude: 'list',
};

export function requireDestination({ args, name }: Statement): void {
  if (args.length >= 2) return;
  syntaxError(`${name} needs a source and a destination.`, `Write ${name} source destination.`);
}

/** Adds what COPY and ADD share to their node. */
export function addTransfer(node: Mutable<TransferFields>, statement: Statement, flags: FlagValues): void {
  const { args, name } = statement;
  const dest = args.at(-1) ?? '';
  if (readHeredocWord(dest) !== undefined) {
    syntaxError(`The destination of a ${name} can't be a here-document.`, 'Name a path.');
  }
  const contents = new Map<string, string>();
  for (const heredoc of statement.line.heredocs) contents.set(heredoc.name, heredoc.content);
  const sources: RawWord[] = [];
  const files: InlineFile[] = [];
  for (let index = 0; index < args.length - 1; index += 1) {
    const source = args[index] ?? '';
    const heredoc = readHeredocWord(source);
    if (heredoc === undefined) sources.push(rawWord(source, statement));
    else files.push(toFile({ content: contents.get(heredoc.name) ?? '', ...heredoc }));
  }
  const chown = flags.text('chown');
  const chmod = flags.text('chmod');
  const link = flags.boolean('link');
  const exclude = flags.list('exclude');
  node.sources = freeze(sources);
  if (files.length > 0) node.files = freeze(files);
  node.dest = rawWord(dest, statement);
  if (chown !== undefined) node.chown = rawWord(chown, statement);
  if (chmod !== undefined) node.chmod = rawWord(chmod, statement);
  if (link !== undefined) node.link = link;
  if (exclude.length > 0) node.exclude = freezeList(exclude);
}

function toFile(heredoc: Heredoc): InlineFile {
  const data = usedContent(heredoc);
  // The body of a here-document always escapes with a backslash, whatever the file says.
  return freeze({ name: heredoc.name, data: heredoc.expand ? createRawWord(data, '\\') : data });
}
