import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DockerfileNode } from '../src/ast/dockerfile.ts';
import { evaluate } from '../src/evaluate-dockerfile.ts';
import { fixDockerfile } from '../src/fix-dockerfile.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { toDockerfile } from '../src/to-dockerfile.ts';

const pages = join(import.meta.dirname, '..', '..', '..', 'docs', 'rules');
const examples = readdirSync(pages).flatMap((page) => {
  const [, bad] =
    /## ❌\n\n```dockerfile\n([\s\S]*?)```/u.exec(readFileSync(join(pages, page), 'utf8')) ?? [];
  return bad === undefined ? [] : [[page.replace(/\.md$/u, ''), bad] as const];
});
const fixable = examples.filter(([rule, text]) =>
  lint(parseDockerfile(text)).findings.some((finding) => finding.rule === rule && finding.fix !== undefined),
);

test('eight rules have a safe fix', () => {
  expect(fixable.map(([rule]) => rule)).toEqual([
    'ConsistentInstructionCasing',
    'FromAsCasing',
    'LegacyKeyValueFormat',
    'MaintainerDeprecated',
    'NoEmptyContinuation',
    'RedundantTargetPlatform',
    'StageNameCasing',
    'use-copy-instead-of-add',
  ]);
});

test.each(fixable)('the fix of %s mends it once and for all, and means the same', (rule, text) => {
  const dockerfile = parseDockerfile(text);
  const fixed = printed(dockerfile);
  const again = parseDockerfile(fixed);
  expect(lint(again).findings.filter((finding) => finding.rule === rule)).toEqual([]);
  expect(printed(again)).toBe(fixed);
  const { Author: _, Labels: __, ...image } = evaluate(dockerfile).image;
  const { Author: ___, Labels: ____, ...mended } = evaluate(again).image;
  expect(mended).toEqual(image);
});

test('instructions that no fix touches keep their text', () => {
  const dockerfile = parseDockerfile('FROM debian:13-slim   AS Base\n\nRUN   echo   a\nUSER 1\n');
  expect(printed(dockerfile)).toBe('FROM debian:13-slim AS base\n\nRUN   echo   a\nUSER 1\n');
});

function printed(dockerfile: DockerfileNode): string {
  return toDockerfile(fixDockerfile(dockerfile, lint(dockerfile).findings), { keepText: true });
}
