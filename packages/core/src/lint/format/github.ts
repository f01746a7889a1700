import type { Finding, Severity } from '../finding.ts';
import { type Formatter, fileOf } from './format-options.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows as annotations of a change.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const formatGithub: Formatter = ({ findings, problem }, options) => {
  const lines = findings.map((finding) => {
    const { severity, rule, where } = finding;
    const properties = [
      ['file', fileOf(finding, options)],
      ['line', where?.line],
      ['endLine', where?.endLine],
      ['col', where?.column],
      ['title', rule],
    ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
    return `::${commands[severity]} ${properties.join(',')}::${escapeData(text(finding))}`;
  });
  const fatal = problem === undefined ? [] : [`::error::${escapeData(problem.message)}`];
  return [...lines, ...fatal].map((line) => `${line}\n`).join('');
};

function text({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

function escapeData(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
