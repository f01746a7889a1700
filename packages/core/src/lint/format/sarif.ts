import { buildKitChecks } from '../buildkit-checks.ts';
import type { Finding, Severity } from '../finding.ts';
import { ownRules } from '../own-rules.ts';
import { type FormatOptions, type Formatter, fileOf } from './format-options.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * A SARIF 2.1.0 log, as code scanning reads it.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const formatSarif: Formatter = ({ findings, problem }, options) => {
  const used = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'stagecraft',
            informationUri: 'https://www.npmjs.com/package/stagecraft',
            ...(options.toolVersion === undefined ? {} : { semanticVersion: options.toolVersion }),
            rules: used.map(describe),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: problem === undefined,
            ...(problem === undefined
              ? {}
              : { toolExecutionNotifications: [{ level: 'error', message: { text: problem.message } }] }),
          },
        ],
        results: findings.map((finding) => toResult(finding, used, options)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function describe(name: string): object {
  const rule = [...buildKitChecks, ...ownRules].find((candidate) => candidate.name === name);
  return { id: name, ...(rule === undefined ? {} : { shortDescription: { text: rule.why } }) };
}

function toResult(finding: Finding, rules: readonly string[], options: FormatOptions): object {
  const { rule, severity, message, hint, where } = finding;
  const region =
    where === undefined
      ? undefined
      : {
          startLine: where.line,
          startColumn: where.column,
          ...(where.endLine === undefined ? {} : { endLine: where.endLine }),
          ...(where.endColumn === undefined ? {} : { endColumn: where.endColumn }),
        };
  const uri = fileOf(finding, options).replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [
      { physicalLocation: { artifactLocation: { uri }, ...(region === undefined ? {} : { region }) } },
    ],
    // A moved line stays the same alert.
    partialFingerprints: { 'stagecraft/v1': `${rule}:${message}` },
  };
}
