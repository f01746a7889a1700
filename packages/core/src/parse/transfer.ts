import type { InlineFile, TransferFields } from '../ast/copy.ts';
import type { Heredoc } from '../ast/node-base.ts';
import { createRawWord } from '../ast/word.ts';
import { freeze } from '../util/freeze.ts';
import type { FlagValues } from './flag-values.ts';
import { readHeredocWord, usedContent } from './heredocs.ts';
import { baseOf, rawWord, type Statement } from './statement.ts';
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

export function parseTransfer(statement: Statement, flags: FlagValues): TransferFields {
  const { args, name } = statement;
  const dest = args.at(-1) ?? '';
  if (readHeredocWord(dest) !== undefined) {
    syntaxError(`The destination of a ${name} can't be a here-document.`, 'Name a path.');
  }
  const contents = new Map(statement.line.heredocs.map((heredoc) => [heredoc.name, heredoc]));
  const sources: string[] = [];
  const files: InlineFile[] = [];
  for (const source of args.slice(0, -1)) {
    const heredoc = readHeredocWord(source);
    if (heredoc === undefined) sources.push(source);
    else files.push(toFile({ content: contents.get(heredoc.name)?.content ?? '', ...heredoc }));
  }
  const chown = flags.text('chown');
  const chmod = flags.text('chmod');
  const link = flags.boolean('link');
  const exclude = flags.list('exclude');
  return {
    ...baseOf(statement),
    sources: sources.map((source) => rawWord(source, statement)),
    ...(files.length === 0 ? {} : { files }),
    dest: rawWord(dest, statement),
    ...(chown === undefined ? {} : { chown: rawWord(chown, statement) }),
    ...(chmod === undefined ? {} : { chmod: rawWord(chmod, statement) }),
    ...(link === undefined ? {} : { link }),
    ...(exclude.length === 0 ? {} : { exclude }),
  };
}

function toFile(heredoc: Heredoc): InlineFile {
  const data = usedContent(heredoc);
  // The body of a here-document always escapes with a backslash, whatever the file says.
  return freeze({ name: heredoc.name, data: heredoc.expand ? createRawWord(data, '\\') : data });
}
