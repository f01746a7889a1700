// Needs base images: debian:trixie-slim
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { runInTerminal } from './run-in-terminal.ts';
import { newDirectory, runStagecraft } from './run-stagecraft.ts';

const directory = newDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const esc = '\u001b';
/** An image that no earlier run can have left in the cache. */
const image = (...commands: readonly string[]): void =>
  writeFileSync(
    join(directory, 'image.ts'),
    `import { final } from '@stagecraft/core';
export default final().from('debian:trixie-slim').env('AT', '${process.hrtime.bigint()}')
${commands.map((command) => `  .run(${JSON.stringify(command)})`).join('\n')}
  .cmd(['true']);
`,
  );

test('draws the build on a terminal, and leaves every step on it', async () => {
  image(
    'for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.2; done',
    `printf '\\033[2J\\033]0;title\\007bad\\n'; sleep 0.4`,
  );
  const { output, exitCode } = await runInTerminal(['build', '--no-cache'], { cwd: directory, columns: 60 });
  expect(exitCode).toBe(0);
  const end = stripVTControlCharacters(output.slice(output.lastIndexOf(' built ·'))).split('\r\n');
  expect(end[0]).toMatch(/^ built · \d+ of \d+ steps.* \d+\.\ds$/u);
  expect(end.join('\n')).toMatch(/✔ \[2\/3\] RUN for i in.*image\.ts:3 +\d\.\ds\n/u);
  expect(end.join('\n')).toMatch(/\nsha256:[0-9a-f]{64}\n/u);
  expect(end.every((line) => line.length < 80)).toBe(true);
  // While it ran, the last lines of its output were below the step, and the screen was drawn over.
  expect(stripVTControlCharacters(output)).toMatch(/⠋|⠙|⠹|⠸|⠼|⠴/u);
  expect(output).toMatch(/line 6/u);
  expect(output).toContain(`${esc}[2K${esc}[1A`);
  // What the build printed can neither clear the screen nor name the window.
  expect(output).not.toContain(`${esc}[2J`);
  expect(output).not.toContain(`${esc}]0;`);
  // The cursor was hidden, and is there again.
  expect(output.lastIndexOf(`${esc}[?25h`)).toBeGreaterThan(output.lastIndexOf(`${esc}[?25l`));
});

test('Ctrl-C on the terminal stops the build with 130 and shows that it was not built', async () => {
  image('echo started; sleep 60');
  const startedMs = performance.now();
  const { output, exitCode } = await runInTerminal(['build'], {
    cwd: directory,
    answers: [{ when: / {5}started/u, type: '\u0003' }],
  });
  expect(exitCode).toBe(130);
  expect(output).toContain(' stopping · ');
  expect(output).toContain(' not built · ');
  expect(output).toContain('aborted');
  expect(performance.now() - startedMs).toBeLessThan(30_000);
});

test('a failing step shows its last lines and the line of the user', async () => {
  image('echo one; echo two >&2; exit 3');
  const { output, exitCode } = await runInTerminal(['build'], { cwd: directory });
  expect(exitCode).toBe(1);
  const text = stripVTControlCharacters(output);
  expect(text).toMatch(/✘ \[2\/2\] RUN echo one; echo two >&2; exit 3 +image\.ts:3/u);
  expect(text).toContain('failed with exit code 3');
  expect(text).toContain('> 3 │   .run("echo one');
});

test('off a terminal the same build is lines that are only appended', async () => {
  image('echo one; sleep 0.2; echo two >&2');
  const { code, stdout, stderr } = await runStagecraft(directory, ['build', '--iidfile', 'id']);
  expect(code).toBe(0);
  expect(stdout).toBe(`${readFileSync(join(directory, 'id'), 'utf8')}\n`);
  expect(normalise(stderr)).toMatchInlineSnapshot(`
    "# [2/2] RUN echo one; sleep 0.0; echo two >&2  (image.ts:3)
    # 0.0 one
    # 0.0 two
    # exporting to image
    6 steps, 0 cached, 0B sent, 0.0s"
  `);
});

/** The numbers of steps that go on side by side are in no order, and times are never the same. */
function normalise(text: string): string {
  const lines = text.replaceAll(/\b\d+\.\d+(s?)\b/gu, '0.0$1').replaceAll(/\d+(B sent| cached)/gu, '0$1');
  return lines
    .split('\n')
    .filter((line) => /RUN|one|two|exporting|steps/u.test(line))
    .map((line) => line.replace(/^#\d+/u, '#'))
    .join('\n');
}
