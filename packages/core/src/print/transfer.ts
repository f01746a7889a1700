import type { InlineFile, TransferFields } from '../ast/copy.ts';
import type { Word } from '../ast/word.ts';
import { textFlag, wordFlag } from './flags.ts';
import { bodyProblem, chooseDelimiter, closeHeredoc, endsEarly, opensHeredocs } from './here-document.ts';
import { printElements } from './json-array.ts';
import { fitted } from './layout.ts';
import { isListed } from './list-words.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

/** COPY or ADD: flags, then paths, then the bodies of inline files. */
export function printTransfer(
  keyword: 'ADD' | 'COPY',
  node: TransferFields,
  ownFlags: readonly string[],
  context: PrintContext,
): string {
  const flags = [...ownFlags, ...transferFlags(node, context)];
  if (node.sources.length === 0 && (node.files ?? []).length === 0) {
    refuse(context, `A ${keyword} has no sources.`, 'Name at least one path.');
  }
  const files = printFiles(node, context);
  const paths = [...node.sources, node.dest];
  const what = `${keyword} path`;
  if (files.words.length > 0 || paths.every(isListed)) {
    // Quoted, `<<NAME` opens no here-document; unquoted literals never hold `<`.
    const words = paths.map((word) => printWord(word, 'list', context, what));
    const parts = [...flags, ...words.slice(0, -1), ...files.words, words.at(-1) ?? ''];
    if (opensHeredocs(parts.join(' '), files.names)) return fitted(keyword, parts, context) + files.bodies;
    if (files.words.length > 0) return refuseHeredocs(keyword, context);
  }
  return fitted(keyword, [...flags, printElements(paths, context, what)], context);
}

function transferFlags(node: TransferFields, context: PrintContext): readonly string[] {
  const { chown, chmod, link, exclude = [] } = node;
  const flags: string[] = [];
  if (chown !== undefined) flags.push(wordFlag('chown', chown, context));
  if (chmod !== undefined) flags.push(wordFlag('chmod', chmod, context));
  if (link === true) flags.push('--link');
  for (const pattern of exclude) flags.push(textFlag('exclude', pattern, context));
  return flags;
}

interface PrintedFiles {
  /** Delimiters in order. */
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly bodies: string;
}

interface PrintedFile {
  readonly name: string;
  readonly word: string;
  readonly body: string;
}

const noFiles: PrintedFiles = { names: [], words: [], bodies: '' };

function printFiles(node: TransferFields, context: PrintContext): PrintedFiles {
  const { files } = node;
  if (files === undefined) return noFiles;
  const taken = new Set<string>();
  const printed = files.map((file) => printFile(file, isDirectory(node.dest), taken, context));
  return {
    names: printed.map(({ name }) => name),
    words: printed.map(({ word }) => word),
    bodies: printed.map(({ body }) => body).join(''),
  };
}

function printFile(
  file: InlineFile,
  namesFile: boolean,
  taken: Set<string>,
  context: PrintContext,
): PrintedFile {
  const expands = typeof file.data !== 'string';
  const body = expands
    ? printWord(file.data, 'body', { ...context, escape: '\\' }, 'inline file')
    : file.data;
  const problem = bodyProblem(body);
  if (problem !== undefined) refuseFile(body, problem, context);
  const delimiter = namesFile
    ? checkName(file.name, body, taken, context)
    : chooseDelimiter(body, taken, isDelimiter(file.name) ? file.name : 'EOF');
  taken.add(delimiter);
  return {
    name: delimiter,
    word: expands ? `<<${delimiter}` : `<<"${delimiter}"`,
    body: closeHeredoc(body, delimiter),
  };
}

/** In a directory, the delimiter is the file's name. */
function checkName(
  name: string | undefined,
  body: string,
  taken: ReadonlySet<string>,
  context: PrintContext,
): string {
  if (name === undefined) {
    refuseFile(body, 'has no name in the directory it is copied to', context);
  } else if (!isDelimiter(name)) {
    refuseFile(body, `cannot be named ${quoteValue(name)} in a Dockerfile`, context);
  } else if (taken.has(name)) refuseFile(body, `has the same name ${quoteValue(name)} as another`, context);
  else if (endsEarly(body, name))
    refuseFile(body, `has a line that equals its name ${quoteValue(name)}`, context);
  return name ?? 'EOF';
}

function refuseFile(body: string, problem: string, context: PrintContext): void {
  refuse(
    context,
    `The inline file ${quoteValue(body)} ${problem}.`,
    'Copy it to a path of its own that does not end in "/", as text that ends in a line break.',
  );
}

function refuseHeredocs(keyword: string, context: PrintContext): string {
  return refuse(
    context,
    `The quotes in this ${keyword} hide its inline files.`,
    'Copy the inline files in an instruction of their own, to a path without quotes.',
  );
}

function isDelimiter(name: string | undefined): name is string {
  return name !== undefined && /^[^\s\0\u0085"'\\$`<>-][^\s\0\u0085"'\\$`<>]*$/u.test(name);
}

function isDirectory(dest: Word): boolean {
  if (typeof dest === 'string') return dest.endsWith('/');
  if (dest.kind === 'RawWord') return /\/["']?$/u.test(dest.text);
  const last = dest.parts.at(-1);
  return typeof last === 'string' && last.endsWith('/');
}
