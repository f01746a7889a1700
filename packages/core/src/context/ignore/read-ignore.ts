import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StagecraftError } from '../../errors/stagecraft-error.ts';
import { type ByteString, toByteString, toText } from '../bytes.ts';
import { cleanPath } from './clean-path.ts';
import {
  type CompiledLine,
  type IgnoreLine,
  judgeAlone,
  type LineSet,
  malformedLine,
} from './ignore-rules.ts';
import { cleanPattern, compilePathPattern } from './pattern.ts';

/** The lines of an ignore file, ready to be asked. */
export interface IgnoreRules {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly lines: readonly IgnoreLine[];
  /** Whether the file leaves `path` (relative, slash-separated) out of the context. */
  ignores(path: string): boolean;
  /** The line that decides about `path`; undefined when none covers it. */
  lineFor(path: string): IgnoreLine | undefined;
}

export interface IgnoreLocation {
  /** The context directory. */
  readonly directory: string;
  /** Path of the Dockerfile: a `<Dockerfile>.dockerignore` beside it wins over `.dockerignore`. */
  readonly dockerfile?: string;
}

export interface ReadIgnoreOptions {
  /** Name of the file, for messages. Default: `.dockerignore`. */
  readonly file?: string;
}

const compiled = new WeakMap<IgnoreRules, LineSet>();
const longestLine = 64 * 1024 - 1;
/** What Go counts as white space, as UTF-8. */
const space =
  '(?:[\\t\\n\\v\\f\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)';
const leadingSpace = new RegExp(`^${space}+`, 'u');
const trailingSpace = new RegExp(`${space}$`, 'u');

/**
 * Reads ignore rules from text, or from the `.dockerignore` of a directory, exactly as the docker CLI reads them.
 *
 * A directory without such a file has no rules. Throws `ignore-pattern` naming the line of a malformed pattern.
 *
 * @example
 * readIgnore('node_modules\n!node_modules/keep').ignores('node_modules/a.js'); // true
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function readIgnore(
  input: string | Uint8Array | IgnoreLocation,
  options: ReadIgnoreOptions = {},
): IgnoreRules {
  if (typeof input === 'string') return parse(toByteString(input), options.file);
  if (input instanceof Uint8Array) return parse(Buffer.from(input).toString('latin1'), options.file);
  return readFrom(input);
}

function readFrom(location: IgnoreLocation): IgnoreRules {
  const { directory, dockerfile } = location;
  const candidates = [join(directory, '.dockerignore')];
  if (dockerfile !== undefined) {
    candidates.unshift(join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`));
  }
  for (const file of candidates) {
    const bytes = readIfPresent(file);
    if (bytes !== undefined) return parse(bytes, file);
  }
  return parse('', join(directory, '.dockerignore'));
}

function readIfPresent(file: string): ByteString | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StagecraftError('context-unreadable', `The ignore file "${file}" cannot be read.`, {
      hint: 'Make it readable for this user, or remove it.',
      cause,
    });
  }
}

function parse(bytes: ByteString, file = '.dockerignore'): IgnoreRules {
  const lines: CompiledLine[] = [];
  for (const [index, text] of bytes.split('\n').entries()) {
    if (text.length > longestLine) throw tooLong(file, index + 1);
    const line = parseLine(index === 0 ? text.replace(/^\xef\xbb\xbf/u, '') : text, file, index + 1);
    if (line !== undefined) lines.push(line);
  }
  const set: LineSet = { file, lines, negates: lines.some((line) => line.negated) };
  const rules: IgnoreRules = {
    file,
    lines: lines.map(({ text, line, negated }) => ({ text, line, negated })),
    ignores: (path) => judgeAlone(set, cleanPath(toByteString(path))).ignored,
    lineFor: (path) => judgeAlone(set, cleanPath(toByteString(path))).decidedBy,
  };
  compiled.set(rules, set);
  return Object.freeze(rules);
}

/** The compiled lines behind rules that {@link readIgnore} made. */
export function linesOf(rules: IgnoreRules): LineSet {
  const set = compiled.get(rules);
  if (set !== undefined) return set;
  const text = rules.lines.map((line) => line.text).join('\n');
  return linesOf(readIgnore(text, { file: rules.file }));
}

function parseLine(raw: ByteString, file: string, line: number): CompiledLine | undefined {
  if (raw.startsWith('#')) return undefined;
  const trimmed = trim(raw);
  if (trimmed === '') return undefined;
  const negated = trimmed.startsWith('!');
  const body = negated ? trim(trimmed.slice(1)) : trimmed;
  const shown: IgnoreLine = { text: toText(trimmed), line, negated };
  if (body === '') throw malformedLine(file, shown);
  // The list is cleaned once more with its "!", so a pattern may turn into another one: "!" + "!a" is "a" brought back.
  return compileLine(shown, file, cleanPattern(body), negated);
}

function compileLine(shown: IgnoreLine, file: string, cleaned: ByteString, negated: boolean): CompiledLine {
  const listed = cleanPath(trim(negated ? `!${cleaned}` : cleaned));
  const reallyNegated = listed.startsWith('!');
  const pattern = compilePathPattern(reallyNegated ? listed.slice(1) : listed);
  if (pattern === undefined || (reallyNegated && listed.length === 1)) throw malformedLine(file, shown);
  return { ...shown, negated: reallyNegated, pattern };
}

function trim(bytes: ByteString): ByteString {
  let end = bytes.replace(leadingSpace, '');
  while (trailingSpace.test(end)) end = end.replace(trailingSpace, '');
  return end;
}

function tooLong(file: string, line: number): StagecraftError {
  return new StagecraftError('ignore-pattern', `Line ${line} of "${file}" is longer than 64 KiB.`, {
    hint: 'Split the pattern; the docker CLI refuses such a line, too.',
    where: { file, line, column: 1 },
  });
}
