import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import type { Command } from '../ast/command.ts';
import { createRun, type RunNode } from '../ast/run.ts';
import { createShell } from '../ast/shell.ts';
import { createExpansion } from '../ast/word.ts';

const shell = (...commands: readonly string[]): Command => ({ form: 'shell', commands });
const run = (command: Command, rest: Partial<RunNode> = {}) => createRun({ command, ...rest });
const script = (body: string, delimiter?: string): Command => ({
  form: 'script',
  body,
  ...(delimiter === undefined ? {} : { delimiter }),
});

test.each<readonly [string, string]>([
  ['echo hi', 'RUN echo hi'],
  ['echo "a b" \'c\' $X ${Y:-z}', 'RUN echo "a b" \'c\' $X ${Y:-z}'],
  ["echo it's", "RUN echo it's"],
  ['trail \\\\', 'RUN trail \\\\'],
  ['# not a comment', 'RUN # not a comment'],
  ['[ -f x ]', 'RUN [ -f x ]'],
  ['cat <<< word', 'RUN cat <<< word'],
  ['echo $((1<<2))', 'RUN echo $((1<<2))'],
  ['echo "<<X"', 'RUN echo "<<X"'],
  ['--version', 'RUN -- --version'],
  [' lead', 'RUN ["/bin/sh", "-c", " lead"]'],
  ['trail\u00a0', 'RUN ["/bin/sh", "-c", "trail\u00a0"]'],
  ['trail \\', String.raw`RUN ["/bin/sh", "-c", "trail \\"]`],
  ['["a"]', String.raw`RUN ["/bin/sh", "-c", "[\"a\"]"]`],
  ['["a", 1]', String.raw`RUN ["/bin/sh", "-c", "[\"a\", 1]"]`],
  ['echo $(( 1 << 2 ))', 'RUN ["/bin/sh", "-c", "echo $(( 1 << 2 ))"]'],
  ["echo it's <<EOF", `RUN ["/bin/sh", "-c", "echo it's <<EOF"]`],
  ['a\nb', String.raw`RUN ["/bin/sh", "-c", "a\nb"]`],
  ['a\nb\n', 'RUN <<"EOF"\na\nb\nEOF'],
  ['a\n', String.raw`RUN ["/bin/sh", "-c", "a\n"]`],
  ['#!/bin/x\ny\n', String.raw`RUN ["/bin/sh", "-c", "#!/bin/x\ny\n"]`],
])('runs %j as it is', (text, line) => {
  expect(printed(run(shell(text)))).toBe(line);
});

test('ends no line in a backtick where that continues it', () => {
  expect(printed(run(shell('echo \\')), { escape: '`' })).toBe('RUN echo \\');
  expect(printed(run(shell('echo `')), { escape: '`' })).toBe('RUN ["/bin/sh", "-c", "echo `"]');
});

test('joins commands, one a line', () => {
  expect(printed(run(shell('a', 'b c', 'd')))).toBe('RUN a \\\n    && b c \\\n    && d');
  expect(printed(run(shell('a', 'b')), { escape: '`' })).toBe('RUN a `\n    && b');
  expect(printed(run(shell('a', 'b\\')))).toBe(String.raw`RUN ["/bin/sh", "-c", "a && b\\"]`);
});

test('names variables for the shell', () => {
  const text = createExpansion(['echo ', { kind: 'Variable', name: 'B', operator: ':-', operand: 'x y' }]);
  expect(printed(run({ form: 'shell', commands: [text] }))).toBe('RUN echo ${B:-x y}');
});

test('uses the SHELL of the stage where text becomes an array', () => {
  const nodes = [createShell({ argv: ['bash', '-eo', 'pipefail', '-c'] }), run(shell(' x'))];
  expect(printed(nodes)).toContain('RUN ["bash", "-eo", "pipefail", "-c", " x"]');
});

test.each<readonly [string, string | undefined, string]>([
  ['set -e\nmake\n', undefined, 'RUN <<"EOF"\nset -e\nmake\nEOF'],
  ['EOF\n', undefined, 'RUN <<"EOF_1"\nEOF\nEOF_1'],
  ['x\n', 'END', 'RUN <<"END"\nx\nEND'],
  ['END\n', 'END', 'RUN <<"EOF_1"\nEND\nEOF_1'],
  ['x\n', 'a b', 'RUN <<"EOF"\nx\nEOF'],
  ['#!/usr/bin/python3\nprint(1)\n', undefined, 'RUN <<"EOF"\n#!/usr/bin/python3\nprint(1)\nEOF'],
  ['no newline', undefined, 'RUN ["/bin/sh", "-c", "no newline"]'],
])('writes the script %j with the delimiter %j', (body, delimiter, text) => {
  expect(printed(run(script(body, delimiter)))).toBe(text);
});

test.each(['buildkit', 'classic'] as const)('writes a script as an array for %s', (profile) => {
  expect(printed(run(script('set -e\nmake\n')), { profile })).toBe(
    String.raw`RUN ["/bin/sh", "-c", "set -e\nmake\n"]`,
  );
});

test('keeps the here-documents that shell text opens', () => {
  const heredocs = [
    { name: 'A', content: '\tone\n', expand: true, chomp: true },
    { name: 'B C', content: 'two\n', expand: false, chomp: false },
  ];
  const command: Command = { form: 'shell', commands: ['cat <<-A <<"B C" >/x'], heredocs };
  expect(printed(run(command))).toBe('RUN cat <<-A <<"B C" >/x\n\tone\nA\ntwo\nB C');
});

test.each([
  ['cat >/x', { name: 'A', content: '', expand: true, chomp: false }, 'does not open the here-documents'],
  [
    'cat <<A',
    { name: 'A', content: 'A\n', expand: true, chomp: false },
    'has a line "A", which would end it early',
  ],
  [
    'cat <<-A',
    { name: 'A', content: '\tA\n', expand: true, chomp: true },
    'has a line "A", which would end it early',
  ],
  ['cat <<A', { name: 'A', content: 'x', expand: true, chomp: false }, 'does not end in a line break'],
])('refuses %j with the here-document %j', (text, heredoc, message) => {
  const [problem] = refusals(run({ form: 'shell', commands: [text], heredocs: [heredoc] }));
  expect(problem).toContain(message);
});

test('writes arrays', () => {
  expect(printed(run({ form: 'exec', argv: ['a', 'b "c"', '\n', 'ü\0'] }))).toBe(
    String.raw`RUN ["a", "b \"c\"", "\n", "ü\u0000"]`,
  );
});

test.each<readonly [Command, string]>([
  [{ form: 'exec', argv: [] }, 'A RUN has an empty array.'],
  [
    { form: 'exec', argv: ['\uD800'] },
    String.raw`The RUN argument "\ud800" holds half of a surrogate pair, which UTF-8 cannot express.`,
  ],
  [shell(), 'A RUN has an empty command.'],
  [shell('a', ''), 'A RUN has an empty command.'],
])('refuses %j', (command, message) => {
  expect(refusals(run(command))).toContain(message);
});

test.each<readonly [Partial<RunNode>, string]>([
  [{ network: 'default' }, '--network=default'],
  [{ network: 'none' }, '--network=none'],
  [{ network: 'host' }, '--network=host'],
  [{ security: 'sandbox' }, '--security=sandbox'],
  [{ security: 'insecure' }, '--security=insecure'],
  [{ devices: [{ name: 'vendor.com/gpu=all' }] }, '--device=vendor.com/gpu=all'],
  [{ devices: [{ name: 'gpu', required: true }] }, '--device=gpu,required'],
])('writes the options %j as flags', (options, flags) => {
  expect(printed(run(shell('x'), options))).toBe(`RUN ${flags} x`);
});

test('puts several flags on lines of their own', () => {
  expect(printed(run(script('x\n'), { network: 'none', security: 'sandbox' }))).toBe(
    'RUN --network=none \\\n    --security=sandbox \\\n    <<"EOF"\nx\nEOF',
  );
});

test('breaks a long line behind its flag', () => {
  expect(printed(run(shell('x'.repeat(90)), { network: 'none' }))).toBe(
    `RUN --network=none \\\n    ${'x'.repeat(90)}`,
  );
});
