import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInTerminal } from './run-in-terminal.ts';
import { newDirectory } from './run-stagecraft.ts';

const directory = newDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));
writeFileSync(join(directory, 'go.mod'), 'module example.com/app\n\ngo 1.26\n');
const file = join(directory, 'image.ts');

test('at a terminal init shows the file, asks, and takes no for an answer', async () => {
  const when = /Write this to "image\.ts", and what never travels to "\.dockerignore"\? \[Y\/n\] /u;
  const no = await runInTerminal(['init'], { cwd: directory, answers: [{ when, type: 'n\r' }] });
  expect(no.output).toContain('Nothing was written.');
  expect(existsSync(file)).toBe(false);
  expect(existsSync(join(directory, '.dockerignore'))).toBe(false);
  expect(no.exitCode).toBe(0);

  const yes = await runInTerminal(['init'], { cwd: directory, answers: [{ when, type: '\r' }] });
  expect(yes.output).toContain('Wrote "image.ts" (go');
  expect(yes.exitCode).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(yes.output.replaceAll('\r\n', '\n')).toContain(text);
});
