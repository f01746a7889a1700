import { check, numberText } from '../ast/check.ts';
import type { InlineFile, TransferFields } from '../ast/copy.ts';
import type { Word } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { TransferOptions, TransferSource } from './options.ts';

/** The fields COPY and ADD share, from the arguments of the fluent call. */
export function transferFields(
  instruction: 'COPY' | 'ADD',
  sources: TransferSource | readonly TransferSource[],
  dest: Word,
  options: TransferOptions,
): TransferFields {
  const list = (isList(sources) ? sources : [sources]).map((source) =>
    isInline(source) ? source : check(`A source of ${instruction}`, source, 'word'),
  );
  check(`The destination of ${instruction}`, dest, 'word');
  const paths = list.flatMap((source) =>
    isInline(source) ? [] : [toSource(source, options.literal === true)],
  );
  const files = list.flatMap((source) => (isInline(source) ? [toFile(source)] : []));
  if (paths.length + files.length === 0) {
    throw new StagecraftError('invalid-value', `${instruction} has no sources.`, {
      hint: 'Name at least one path.',
    });
  }
  const { chown, chmod, link, exclude } = options;
  return {
    sources: paths,
    ...(files.length === 0 ? {} : { files }),
    dest: needsDirectory(paths, files, options) ? withSlash(dest) : dest,
    ...(chown === undefined ? {} : { chown: numberText(chown) }),
    ...(chmod === undefined ? {} : { chmod }),
    ...(link === undefined ? {} : { link }),
    ...(exclude === undefined ? {} : { exclude: typeof exclude === 'string' ? [exclude] : exclude }),
  };
}

function isList(sources: TransferSource | readonly TransferSource[]): sources is readonly TransferSource[] {
  return Array.isArray(sources);
}

function isInline(source: TransferSource): source is Extract<TransferSource, { kind: 'Inline' }> {
  return typeof source === 'object' && source !== null && source.kind === 'Inline';
}

function toFile(source: Extract<TransferSource, { kind: 'Inline' }>): InlineFile {
  return { ...(source.name === undefined ? {} : { name: source.name }), data: withFinalNewline(source.data) };
}

/** A here-document can't hold a file that doesn't end in a newline. */
function withFinalNewline(data: Word): Word {
  if (typeof data === 'string') return data === '' || data.endsWith('\n') ? data : `${data}\n`;
  if (data.kind === 'RawWord') return data;
  const last = data.parts.at(-1);
  if (typeof last === 'string' && last.endsWith('\n')) return data;
  return {
    ...data,
    parts: typeof last === 'string' ? [...data.parts.slice(0, -1), `${last}\n`] : [...data.parts, '\n'],
  };
}

/** BuildKit matches sources with Go's `filepath.Match`; a bracket pair makes a wildcard character literal. */
function toSource(source: Exclude<TransferSource, { kind: 'Inline' }>, literal: boolean): Word {
  if (!literal || typeof source !== 'string') return source;
  return source.replace(/[*?[]/gu, '[$&]').replaceAll('\\', '\\\\');
}

/** With several sources, or a pattern that may match several, a destination without a slash loses all but the last. */
function needsDirectory(
  paths: readonly Word[],
  files: readonly InlineFile[],
  options: TransferOptions,
): boolean {
  if (paths.length + files.length > 1) return true;
  const [path] = paths;
  return options.literal !== true && typeof path === 'string' && /[*?]/u.test(path);
}

function withSlash(dest: Word): Word {
  if (typeof dest === 'string') return dest.endsWith('/') ? dest : `${dest}/`;
  if (dest.kind === 'RawWord') return dest;
  const last = dest.parts.at(-1);
  if (typeof last === 'string')
    return last.endsWith('/') ? dest : { ...dest, parts: [...dest.parts.slice(0, -1), `${last}/`] };
  return { ...dest, parts: [...dest.parts, '/'] };
}
