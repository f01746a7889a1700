import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createCopy } from '../ast/copy.ts';
import { createEnv } from '../ast/env.ts';
import { createMaintainer } from '../ast/maintainer.ts';
import { createOnBuild } from '../ast/on-build.ts';
import { createRaw } from '../ast/raw.ts';
import { createRun } from '../ast/run.ts';
import { createShell } from '../ast/shell.ts';

const inline = createCopy({ sources: [], files: [{ data: 'a\n' }], dest: '/x' });
const text = createRun({ command: { form: 'shell', commands: [' x'] } });

test('prints the trigger like any instruction', () => {
  const run = createRun({ command: { form: 'shell', commands: ['a', 'b'] } });
  expect(printed(createOnBuild({ trigger: run }))).toBe('ONBUILD RUN a \\\n    && b');
  expect(printed(createOnBuild({ trigger: inline }))).toBe('ONBUILD COPY <<"EOF" /x\na\nEOF');
  expect(printed(createOnBuild({ trigger: createRaw({ text: 'BAD x' }) }))).toBe('ONBUILD BAD x');
});

test('a trigger runs under the last SHELL of the stage', () => {
  const nodes = [createOnBuild({ trigger: text }), createShell({ argv: ['bash', '-c'] })];
  expect(printed(nodes)).toContain('ONBUILD RUN ["bash", "-c", " x"]');
  const triggers = [
    createOnBuild({ trigger: createShell({ argv: ['ash', '-c'] }) }),
    createOnBuild({ trigger: text }),
  ];
  expect(printed(triggers)).toContain('ONBUILD RUN ["ash", "-c", " x"]');
});

test('refuses a trigger of a trigger', () => {
  const trigger = createOnBuild({ trigger: createMaintainer({ name: 'x' }) });
  expect(refusals(createOnBuild({ trigger }))).toEqual(['ONBUILD cannot hold ONBUILD or MAINTAINER.']);
  expect(refusals(trigger)).toEqual(['ONBUILD cannot hold ONBUILD or MAINTAINER.']);
});

test('refuses a trigger longer than the line it is read from later', () => {
  const trigger = createEnv({ pairs: [['A', 'x'.repeat(70_000)]] });
  expect(refusals(createOnBuild({ trigger }))).toEqual(['An ONBUILD trigger is longer than 65,000 bytes.']);
});

test('refuses a trigger that a backslash would read differently from a backtick', () => {
  const env = (value: string) => createOnBuild({ trigger: createEnv({ pairs: [['A', value]] }) });
  expect(printed(env('a b'), { escape: '`' })).toBe('ONBUILD ENV A="a b"');
  expect(refusals(env('C:\\x'), { escape: '`' })).toEqual([
    'An ONBUILD trigger that needs escapes cannot be written under "# escape=`".',
  ]);
});
