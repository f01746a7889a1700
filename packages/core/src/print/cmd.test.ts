import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createCmd } from '../ast/cmd.ts';
import type { Command } from '../ast/command.ts';
import { createEntrypoint } from '../ast/entrypoint.ts';
import { createShell } from '../ast/shell.ts';

const shell = (...commands: readonly string[]): Command => ({ form: 'shell', commands });

test.each<readonly [Command, string]>([
  [{ form: 'exec', argv: ['a', 'b c'] }, '["a", "b c"]'],
  [{ form: 'exec', argv: [] }, '[]'],
  [{ form: 'exec', argv: ['$A', '\\', '\u0000'] }, String.raw`["$A", "\\", "\u0000"]`],
  [shell('echo $HOME'), 'echo $HOME'],
  [shell('a', 'b'), 'a && b'],
  [shell('cat <<EOF'), 'cat <<EOF'],
  [shell('--version'), '-- --version'],
  [shell('a\nb'), String.raw`["/bin/sh", "-c", "a\nb"]`],
  [shell('trail '), '["/bin/sh", "-c", "trail "]'],
  [shell('[]'), '["/bin/sh", "-c", "[]"]'],
  [{ form: 'script', body: 'a\n' }, String.raw`["/bin/sh", "-c", "a\n"]`],
])('CMD and ENTRYPOINT write %j', (command, text) => {
  expect(printed(createCmd({ command }))).toBe(`CMD ${text}`);
  expect(printed(createEntrypoint({ command }))).toBe(`ENTRYPOINT ${text}`);
});

test('text that becomes an array runs under the SHELL', () => {
  const nodes = [createShell({ argv: ['ash', '-c'] }), createCmd({ command: shell(' x') })];
  expect(printed(nodes)).toBe('SHELL ["ash", "-c"]\nCMD ["ash", "-c", " x"]');
});

test('refuses what UTF-8 cannot express, and nothing at all', () => {
  expect(refusals(createEntrypoint({ command: { form: 'exec', argv: ['\uDC00'] } }))).toEqual([
    String.raw`The ENTRYPOINT argument "\udc00" holds half of a surrogate pair, which UTF-8 cannot express.`,
  ]);
  expect(refusals(createCmd({ command: shell('') }))).toEqual(['A CMD has an empty command.']);
});
