import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildKitChecks } from '../src/lint/buildkit-checks.ts';
import { ownRules } from '../src/lint/own-rules.ts';
import type { LintRule } from '../src/lint/rule.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { nearMisses } from './near-misses.ts';

const pages = join(import.meta.dirname, '..', '..', '..', 'docs', 'rules');
const rules = [...buildKitChecks, ...ownRules];

test('every rule has a page and every page a rule', () => {
  const written = readdirSync(pages).filter((name) => name !== 'index.md');
  expect(written.sort()).toEqual(rules.map(({ name }) => `${name}.md`).sort());
});

test.each(rules.map((rule) => [rule.name, rule] as const))(
  'the page of %s shows what it finds and what it leaves alone',
  (name, rule) => {
    const page = readFileSync(join(pages, `${name}.md`), 'utf8');
    const [, output, why, bad, good] =
      /^# .*\n\n## Output\n\n```text\n([\s\S]*?)\n```\n\n## Why\n\n([\s\S]*?)\n\n## ❌\n\n```dockerfile\n([\s\S]*?)```\n\n## ✅\n\n```dockerfile\n([\s\S]*?)```\n/u.exec(
        page,
      ) ?? [];
    expect(messages(rule, bad ?? '')).toContain(output);
    expect(messages(rule, good ?? '')).toEqual([]);
    expect(why).toContain(rule.why);
  },
);

test.each(Object.entries(nearMisses))('%s leaves what only looks alike alone', (name, texts) => {
  const rule = ownRules.find((candidate) => candidate.name === name);
  expect(texts.flatMap((text) => (rule === undefined ? ['no such rule'] : messages(rule, text)))).toEqual([]);
});

test('every rule of our own has near misses', () => {
  expect(ownRules.map(({ name }) => name).filter((name) => nearMisses[name] === undefined)).toEqual([]);
});

test('every finding of our own rules says what to do', () => {
  for (const rule of ownRules) {
    const page = readFileSync(join(pages, `${rule.name}.md`), 'utf8');
    const [, bad = ''] = /## ❌\n\n```dockerfile\n([\s\S]*?)```/u.exec(page) ?? [];
    expect(findings(rule, bad).every(({ hint }) => hint !== undefined)).toBe(true);
  }
});

function findings(rule: LintRule, text: string): ReturnType<typeof lint>['findings'] {
  const isIgnored = rule.name === 'CopyIgnoredFile';
  const result = lint(parseDockerfile(text), {
    rules: { [rule.name]: rule.severity },
    contextFiles: ['package.json', 'src/main.js'],
    ...(isIgnored
      ? { ignore: { lines: [{ text: '*.md', negated: false }], ignores: (path) => path.endsWith('.md') } }
      : {}),
    ...(rule.name === 'InvalidBaseImagePlatform'
      ? {
          images: {
            'debian:13-slim': { os: 'linux', architecture: 'arm64' },
          },
        }
      : {}),
  });
  return result.findings.filter((finding) => finding.rule === rule.name);
}

function messages(rule: LintRule, text: string): readonly string[] {
  return findings(rule, text).map(({ message }) => message);
}
