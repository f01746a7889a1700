import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { codeFrame, isStagecraftError, type Location, placeOfError, StagecraftError } from '@stagecraft/core';
import { neutralise } from '@stagecraft/core/build';
import colors from 'picocolors';

/** What went wrong, where, and what to do, for a person. */
export function showError(error: unknown): string {
  if (!isStagecraftError(error)) return showForeign(error);
  const problems = error.problems.length > 0 ? error.problems : [error];
  return problems.map(showProblem).join('\n\n');
}

/** The same as one JSON document. */
export function errorDocument(error: unknown): unknown {
  if (!isStagecraftError(error)) {
    const where = error instanceof Error ? placeOfError(error) : undefined;
    return { schemaVersion: 1, error: { code: 'unexpected', message: String(error), where } };
  }
  const { code, message, hint, where, problems } = error;
  return {
    schemaVersion: 1,
    error: {
      code,
      message,
      hint,
      where: where ?? placeOfError(error),
      problems: problems.map((problem) => ({
        code: problem.code,
        message: problem.message,
        hint: problem.hint,
        where: problem.where,
      })),
    },
  };
}

/** What the process ends with. */
export function exitCodeOf(error: unknown): number {
  if (!isStagecraftError(error)) return 2;
  if (error.code === 'aborted') return 130;
  return error.code === 'build-failed' ? 1 : 2;
}

/** Wrong use of the command line, from the sentence that commander has for it. */
export function usageError(text: string): StagecraftError {
  const [sentence = '', suggestion] = text.replace(/^error: /u, '').split('\n');
  const quoted = sentence.replaceAll("'", '"').replace(/\.$/u, '');
  return new StagecraftError('invalid-options', `${quoted.charAt(0).toUpperCase()}${quoted.slice(1)}.`, {
    hint: suggestion?.replace(/^\((.*)\)$/u, '$1') ?? 'Add --help for what there is.',
  });
}

function showProblem(problem: StagecraftError): string {
  const parts = [`${colors.red('error')} ${colors.bold(problem.code)}  ${problem.message}`];
  const where = problem.where ?? placeOfError(problem);
  if (where !== undefined) {
    parts.push(...showPlace(where, problem.frame));
  }
  if (problem.hint !== undefined) parts.push(`  ${problem.hint}`);
  return parts.filter((part) => part.trim() !== '').join('\n');
}

/** What the user's own code threw: its words and its line; the whole stack where no line of the user is in it. */
function showForeign(error: unknown): string {
  if (!(error instanceof Error)) return `${colors.red('error')} ${neutralise(String(error))}`;
  const where = placeOfError(error);
  if (where === undefined) return `${colors.red('error')} ${neutralise(error.stack ?? error.message)}`;
  const sentence = neutralise(`${error.name}: ${error.message}`);
  return [`${colors.red('error')} ${sentence}`, ...showPlace(where)].filter((part) => part !== '').join('\n');
}

function showPlace(where: Location, frame = frameOf(where)): readonly string[] {
  const file = where.file === undefined ? '' : relative(process.cwd(), where.file);
  return [colors.dim(`  ${file}:${where.line}:${where.column}`), indent(frame)];
}

function frameOf(where: Location): string {
  if (where.file === undefined) return '';
  try {
    return codeFrame(readFileSync(where.file, 'utf8'), where);
  } catch {
    return '';
  }
}

function indent(text: string): string {
  return text === ''
    ? ''
    : text
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n');
}
