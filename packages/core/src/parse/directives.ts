import type { Directive } from '../ast/dockerfile.ts';
import type { EscapeToken } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { trimLeft, trimLineEnd } from './text-lines.ts';

const directivePattern = /^#[\t\f\r ]*([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=[\t\f\r ]*(.+)$/su;
const known: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

export interface Directives {
  readonly directives: readonly Directive[];
  readonly escape: EscapeToken;
  /** Lines at the top that are no comments of the first instruction. */
  readonly lines: number;
}

/**
 * The directives at the top of a file, and the escape token they choose.
 * @see https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export function readDirectives(lines: readonly string[], file: string | undefined): Directives {
  const start = lines[0]?.startsWith('#!') === true ? 1 : 0;
  const directives = scan(lines, start, (line) => line, file);
  // Only `escape` may be indented, and only it is void below an interpreter line.
  const indented = scan(lines, 0, trimLeft, file);
  const token = indented.find(({ name }) => name === 'escape');
  return { directives, escape: escapeToken(token?.value, file), lines: indented.length };
}

function scan(
  lines: readonly string[],
  start: number,
  prepare: (line: string) => string,
  file: string | undefined,
): readonly Directive[] {
  const found: Directive[] = [];
  for (let index = start; index < lines.length; index += 1) {
    const [, name = '', value = ''] = directivePattern.exec(prepare(trimLineEnd(lines[index] ?? ''))) ?? [];
    const key = name.toLowerCase();
    if (!known.has(key) || (start > 0 && key === 'escape')) break;
    if (found.some((directive) => directive.name === key)) {
      throw new StagecraftError('parse-error', `The directive "${key}" is given twice.`, {
        hint: 'Keep one of them.',
        where: { ...(file === undefined ? {} : { file }), line: Math.max(1, index), column: 1 },
      });
    }
    found.push({ name: key, value: withoutTail(value), line: index + 1 });
  }
  return found;
}

function escapeToken(value: string | undefined, file: string | undefined): EscapeToken {
  if (value === undefined || value === '\\') return '\\';
  if (value === '`') return '`';
  throw new StagecraftError(
    'parse-error',
    `The escape token "${value}" is not valid${file === undefined ? '' : ` in ${file}`}.`,
    {
      hint: 'Use a backslash or a backtick.',
    },
  );
}

/** Without the blanks at its end; by hand, because a pattern for it takes quadratic time on many blanks. */
function withoutTail(value: string): string {
  let end = value.length;
  while (end > 1 && '\t\f\r '.includes(value[end - 1] ?? '')) end -= 1;
  return value.slice(0, end);
}
