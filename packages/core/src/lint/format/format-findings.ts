import type { LintResult } from '../run-rules.ts';
import type { FormatOptions, Formatter, LintFormat } from './format-options.ts';
import { formatGithub } from './github.ts';
import { formatJson } from './json.ts';
import { formatPretty } from './pretty.ts';
import { formatSarif } from './sarif.ts';

/**
 * Findings as text: for people, as JSON, as SARIF 2.1.0, or as annotations of GitHub.
 * @example
 * formatFindings(lint(parseDockerfile('FROM debian\n')), 'pretty')
 */
export function formatFindings(
  result: LintResult,
  format: LintFormat = 'pretty',
  options: FormatOptions = {},
): string {
  const formatters: Readonly<Record<LintFormat, Formatter>> = {
    pretty: formatPretty,
    json: formatJson,
    sarif: formatSarif,
    github: formatGithub,
  };
  return formatters[format](result, options);
}
