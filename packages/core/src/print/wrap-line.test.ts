import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createCmd } from '../ast/cmd.ts';
import { createEnv } from '../ast/env.ts';
import { createRun } from '../ast/run.ts';

/** What BuildKit reads: continuations joined. */
const joined = (text: string): string => text.replace(/\\\n/gu, '');
const env = (value: string) => createEnv({ pairs: [['A', value]] });

test.each([
  ['letters', `${'x'.repeat(200_000)}!`],
  ['dollars', '$'.repeat(100_000)],
  ['three-byte letters', '日'.repeat(100_000)],
  ['emoji', '💡'.repeat(50_000)],
  ['words', 'word # '.repeat(20_000)],
])('wraps %s below the limit, losing nothing', (_, value) => {
  const text = printed(env(value));
  const lines = text.split('\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(joined(text)).toBe(`ENV A="${value.replaceAll('$', '\\$')}"`);
  for (const line of lines) {
    expect(new TextEncoder().encode(line).length).toBeLessThan(65_535);
    expect(line).not.toMatch(/^\s*(?:#|$)/u);
  }
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/(?<!\\)\\$/u);
});

test('wraps arrays and shell text', () => {
  const argv = ['e'.repeat(150_000)];
  expect(joined(printed(createCmd({ command: { form: 'exec', argv } })))).toBe(`CMD ["${argv[0]}"]`);
  const text = 'echo x; '.repeat(20_000).trim();
  expect(joined(printed(createRun({ command: { form: 'shell', commands: [text] } })))).toBe(`RUN ${text}`);
});

test.each([
  ['white space', ' '.repeat(70_000)],
  ['comment signs', '#'.repeat(70_000)],
])('refuses a run of %s, where no continuation is exact', (_, value) => {
  expect(refusals(env(value))).toEqual([
    'A line of this instruction is longer than 65,535 bytes and cannot be broken.',
  ]);
});
