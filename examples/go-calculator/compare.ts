// Builds the calculator four ways on a Docker daemon, runs each, and prints what the difference is.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type StageSource, toDockerfile } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';
import * as images from './images.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const question = '2*100';

interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly answer: string;
  readonly refuses: boolean;
  readonly shell: boolean;
  readonly user: string;
}

/** Builds one image and finds out what it is by running it, not by reading the Dockerfile. */
async function measure(name: string, target: StageSource): Promise<Row> {
  const tag = `stagecraft-calculator:${name}`;
  process.stderr.write(`Building ${tag} …\n`);
  await build(target, { context: here, tags: [tag], network: 'none' });
  const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{.Size}} {{.Config.User}}', tag]);
  const [size, user] = stdout.trim().split(' ');
  return {
    name,
    bytes: Number(size),
    answer: await answerOf(tag),
    refuses: await fails(['run', '--rm', '--network=none', tag, '5/0']),
    shell: !(await fails(['run', '--rm', '--network=none', '--entrypoint', '/bin/sh', tag, '-c', 'true'])),
    user: user === undefined || user === '' ? 'root' : user,
  };
}

async function answerOf(tag: string): Promise<string> {
  const { stdout } = await run('docker', ['run', '--rm', '--network=none', tag, question]);
  return stdout.trim();
}

async function fails(args: readonly string[]): Promise<boolean> {
  try {
    await run('docker', args);
    return false;
  } catch {
    return true;
  }
}

function table(rows: readonly Row[]): string {
  const largest = Math.max(...rows.map((row) => row.bytes));
  const cells = rows.map((row) => [
    row.name,
    `${(row.bytes / 1e6).toFixed(2)} MB`,
    `${(largest / row.bytes).toFixed(0)}x smaller`,
    row.shell ? 'yes' : 'no',
    row.user,
    `${question} = ${row.answer}`,
  ]);
  const all = [['image', 'size', 'factor', 'shell', 'user', 'answer'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

for (const [name, target] of Object.entries(images))
  process.stdout.write(`# ${name}\n${toDockerfile(target)}\n`);

if (!process.argv.includes('--render-only')) {
  const rows: Row[] = [];
  for (const [name, target] of Object.entries(images)) rows.push(await measure(name, target));
  process.stdout.write(`${table(rows)}\n`);
  const wrong = rows.filter((row) => row.answer !== '200' || !row.refuses);
  if (wrong.length > 0) throw new Error(`Wrong answers from: ${wrong.map((row) => row.name).join(', ')}`);
}
