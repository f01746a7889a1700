import { wordText } from '../../ast/word-text.ts';
import type { LintedNode } from '../finding.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

const kinds: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/u },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/u },
  { name: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/u },
  { name: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/u },
  { name: 'a Slack token', pattern: /\bxox[abprs]-[\w-]{10,}/u },
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/u },
  { name: 'a JSON web token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/u },
  { name: 'a URL with a password', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@$]+:[^/\s:@$]+@/u },
];

/** @see https://docs.docker.com/build/building/best-practices/ */
export const secretInValue: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'secret-in-value',
    severity: 'error',
    why: 'The value looks like a credential, and everyone with the image can read it.',
  },
  (node) => {
    const kind = valuesOf(node).flatMap((value) => kinds.find(({ pattern }) => pattern.test(value)) ?? [])[0];
    if (kind === undefined) return undefined;
    return {
      message: `A value looks like ${kind.name}.`,
      hint: 'Revoke it, and mount it as a secret in the RUN that needs it.',
    };
  },
);

function valuesOf(node: LintedNode): readonly string[] {
  if (node.kind === 'Env' || node.kind === 'Label') return node.pairs.map(([, value]) => wordText(value));
  if (node.kind !== 'Arg') return [];
  return node.args.flatMap(({ default: value }) => (value === undefined ? [] : [wordText(value)]));
}
