import { codeFrame } from '../../source/code-frame.ts';
import type { Finding, Severity } from '../finding.ts';
import { type FormatOptions, type Formatter, fileOf } from './format-options.ts';

const marks: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info' };

/** For people: place, sentence, what to do and the lines around. */
export const formatPretty: Formatter = ({ findings, problem }, options) => {
  const parts = findings.map((finding) => block(finding, options));
  const fatal =
    problem === undefined
      ? []
      : [`error: ${problem.message}${problem.hint === undefined ? '' : `\n  ${problem.hint}`}\n`];
  return [...parts, ...fatal, summary(findings, problem !== undefined)].join('\n');
};

function block(finding: Finding, options: FormatOptions): string {
  const { where, severity, message, rule, hint, assumes } = finding;
  const place = where === undefined ? '' : `:${where.line}:${where.column}`;
  const source = options.sources?.[fileOf(finding, options)];
  const notes = [hint, assumes === undefined ? undefined : `Note: ${assumes}`].filter(
    (note) => note !== undefined,
  );
  return [
    `${fileOf(finding, options)}${place} ${marks[severity]} ${message} [${rule}]`,
    ...notes.map((note) => `  ${note}`),
    ...(source === undefined || where === undefined ? [] : [codeFrame(source, where, 1)]),
    '',
  ].join('\n');
}

function summary(findings: readonly Finding[], failed: boolean): string {
  if (findings.length === 0) return failed ? '' : 'No findings.\n';
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [severity === 'info' ? `${count} info` : `${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const end = fixable === 0 ? '' : `; ${fixable} can be mended with --fix`;
  return `${findings.length} finding${findings.length === 1 ? '' : 's'}: ${counts.join(', ')}${end}.\n`;
}
