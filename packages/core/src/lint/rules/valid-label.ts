import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { unquoted } from '../unquoted.ts';

const oci = 'org.opencontainers.image.';
const formats: Readonly<Record<string, { readonly pattern: RegExp; readonly hint: string }>> = {
  created: {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u,
    hint: 'Write a time as RFC 3339 does, such as 2026-11-21T00:00:00Z.',
  },
  url: { pattern: /^[a-z][a-z0-9+.-]*:\/\/\S+$/u, hint: 'Write a URL.' },
  source: { pattern: /^[a-z][a-z0-9+.-]*:\/\/\S+$/u, hint: 'Write a URL.' },
  documentation: { pattern: /^[a-z][a-z0-9+.-]*:\/\/\S+$/u, hint: 'Write a URL.' },
  licenses: {
    pattern: /^\(*[A-Za-z0-9.+:-]+\)*(?:\s+(?:AND|OR|WITH)\s+\(*[A-Za-z0-9.+:-]+\)*)*$/u,
    hint: 'Write an SPDX expression, such as "Apache-2.0 OR MIT".',
  },
};

/** @see https://docs.docker.com/build/building/best-practices/ */
export const validLabel: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'valid-label',
    aliases: ['DL3048', 'DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055'],
    severity: 'warning',
    why: 'Tools that read labels leave out what they do not understand.',
  },
  (node) => {
    if (node.kind !== 'Label') return undefined;
    for (const [key, value] of node.pairs) {
      const problem = problemOf(unquoted(wordText(key)), unquoted(wordText(value)));
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
);

function problemOf(
  key: string,
  value: string,
): { readonly message: string; readonly hint: string } | undefined {
  if (key.includes('$')) return undefined;
  if (!/^[a-z](?:[a-z0-9._/-]*[a-z0-9])?$/u.test(key) || /\.\.|--/u.test(key)) {
    return {
      message: `The label "${key}" is not a good name.`,
      hint: 'Use lower case letters, digits, ".", "-", "_" and "/"; begin with a letter.',
    };
  }
  if (/^(?:com\.docker|io\.docker|org\.dockerproject)\./u.test(key)) {
    return { message: `The label "${key}" is in a namespace of Docker.`, hint: 'Use a domain of your own.' };
  }
  const format = key.startsWith(oci) ? formats[key.slice(oci.length)] : undefined;
  if (format === undefined || value.includes('$') || format.pattern.test(value)) return undefined;
  return { message: `The label "${key}" is "${value}".`, hint: format.hint };
}
