import { expect, test } from 'vitest';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import { lint } from '../lint-dockerfile.ts';
import { parseDockerfile } from '../parse/parse-dockerfile.ts';
import { checkSize, definePolicy, type LintPolicy } from './policy.ts';

const named = (text: string, policy: LintPolicy, rules = {}): readonly string[] =>
  lint(parseDockerfile(text), { policy: definePolicy(policy), rules }).findings.map(({ rule }) => rule);

test('images come from allowed registries only', () => {
  const policy = { allowedRegistries: ['registry.example.com/base', 'docker.io/library'] };
  const rule = 'registry-not-allowed';
  expect(named('FROM registry.example.com/base/debian:13\nUSER 1\n', policy)).not.toContain(rule);
  expect(named('FROM debian:13\nUSER 1\n', policy)).not.toContain(rule);
  expect(named('FROM registry.example.com/other/debian:13\nUSER 1\n', policy)).toContain(rule);
  expect(named('FROM acme/debian:13\nUSER 1\n', policy)).toContain(rule);
  expect(named('FROM registry.example.com/basement:13\nUSER 1\n', policy)).toContain(rule);
});

test('the final image has the labels, and every image a digest', () => {
  const policy = { requiredLabels: ['team'], requireDigest: true };
  expect(named('FROM debian:13\nUSER 1\n', policy)).toEqual(
    expect.arrayContaining(['missing-label', 'missing-digest']),
  );
  expect(named('FROM debian:13\nLABEL team=core\nUSER 1\n', policy)).not.toContain('missing-label');
});

test('a policy sets severities, and the caller has the last word', () => {
  const text = 'FROM debian:latest\nUSER 1\n';
  expect(named(text, { rules: { 'no-latest-tag': 'off' } })).not.toContain('no-latest-tag');
  expect(named(text, { rules: { 'no-latest-tag': 'off' } }, { DL3007: 'error' })).toContain('no-latest-tag');
});

test('a user other than root can be demanded', () => {
  const { findings } = lint(parseDockerfile('FROM debian:13\nUSER app\n'), {
    policy: { requireNonRoot: true },
  });
  expect(findings.find(({ rule }) => rule === 'use-numeric-user')?.severity).toBe('error');
});

test('a size above the limit is a sentence', () => {
  expect(checkSize({ maxImageBytes: 10 }, 11)).toBe('The image has 11 bytes; the policy allows 10.');
  expect(checkSize({ maxImageBytes: 10 }, 10)).toBeUndefined();
});

test('an unknown key is refused with the one that was meant', () => {
  try {
    definePolicy({ requiredLabel: [] } as never);
  } catch (error) {
    expect(isStagecraftError(error) && error.hint).toBe('Did you mean "requiredLabels"?');
    return;
  }
  throw new Error('Nothing was thrown.');
});
