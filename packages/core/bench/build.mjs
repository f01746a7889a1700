// @ts-nocheck: the commands that are measured here have no types.
// Builds a context of 20,000 files on the machine's Docker daemon: with Stagecraft (a process of its own, and the call
// inside it), docker buildx, and the docker CLI's classic builder. Cold means new content in a new directory, no-op
// that nothing changed. All of them take turns in one run, so that the mood of the machine hits all of them alike.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptRoot, downloadPackages } from '../../../scripts/lib/debian.mjs';
import { hold } from './support/measure.mjs';

const files = 20_000;
const filesPerFolder = 50;
const rounds = { cold: 9, unchanged: 9 };
/** Of the docker CLI, which takes a quarter of a minute for each. */
const classicRounds = 2;
const home = mkdtempSync(join(tmpdir(), 'stagecraft-build-bench-'));
const tag = `stagecraft-build-bench:${process.pid}`;
const program = fileURLToPath(new URL('support/build-once.mjs', import.meta.url));

try {
  const buildx = await unpackBuildx();
  const tools = {
    Stagecraft: (directory) => run(process.execPath, [program, directory, tag]),
    buildx: (directory) => run(buildx, ['build', '--quiet', '--load', '--tag', tag, directory]),
    'docker CLI': (directory) => run('docker', ['build', '--quiet', '--tag', tag, directory]),
  };
  report('cold', await measureCold(tools));
  report('no-op', await measureUnchanged(tools));
} finally {
  spawnSync('docker', ['rmi', '--force', tag], { stdio: 'ignore' });
  rmSync(home, { recursive: true, force: true });
}

/** The release of buildx that Debian ships. */
async function unpackBuildx() {
  const [file] = await downloadPackages(await aptRoot('trixie'), ['docker-buildx']);
  const unpacked = spawnSync('dpkg', ['-x', file, home]);
  const path = join(home, 'usr/libexec/docker/cli-plugins/docker-buildx');
  if (unpacked.status !== 0 || !existsSync(path)) throw new Error('docker buildx is not to be had.');
  return path;
}

async function measureCold(tools) {
  const times = new Map();
  for (let round = 0; round < rounds.cold; round += 1) {
    for (const [name, build] of toolsOf(tools, round)) {
      const directory = makeTree(`${name}-${round}`.replace(' ', '-'));
      note(times, name, build(directory));
      rmSync(directory, { recursive: true, force: true });
    }
  }
  return medians(times);
}

async function measureUnchanged(tools) {
  const directory = makeTree('unchanged');
  const times = new Map();
  for (const [, build] of toolsOf(tools, classicRounds)) build(directory);
  for (let round = 0; round < rounds.unchanged; round += 1)
    for (const [name, build] of toolsOf(tools, round)) note(times, name, build(directory));
  return medians(times);
}

/** The tools of a round. Each time another one begins: what the one before leaves to be done slows the next. */
function toolsOf(tools, round) {
  const all = Object.entries(tools).filter(([name]) => name !== 'docker CLI' || round < classicRounds);
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

function makeTree(name) {
  const directory = join(home, name);
  for (let index = 0; index < files; index += 1) {
    const folder = join(directory, `folder-${Math.floor(index / filesPerFolder)}`);
    if (index % filesPerFolder === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${index}.js`), `${name} ${'x'.repeat((index * 37) % 2000)}`);
  }
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  // Or the disk would still be busy with these files while they are read.
  spawnSync('sync');
  return directory;
}

function run(command, args) {
  const env = { ...process.env, DOCKER_BUILDKIT: '0', DOCKER_CONFIG: home };
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  const wholeMs = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { wholeMs, callMs: Number(/^call (\d+)/u.exec(stdout)?.[1] ?? Number.NaN) };
}

function note(times, name, { wholeMs, callMs }) {
  times.set(name, [...(times.get(name) ?? []), wholeMs]);
  const call = `${name}, the call`;
  if (!Number.isNaN(callMs)) times.set(call, [...(times.get(call) ?? []), callMs]);
}

function medians(times) {
  const middle = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
  return Object.fromEntries([...times].map(([name, values]) => [name, middle(values)]));
}

function report(kind, medianMs) {
  console.log(`${files} files, ${kind}`);
  for (const [name, ms] of Object.entries(medianMs)) {
    const ratio = (ms / medianMs.buildx).toFixed(2);
    console.log(`  ${name.padEnd(22)} ${Math.round(ms).toString().padStart(6)} ms   ${ratio}x of buildx`);
  }
  const atMost = kind === 'cold' ? 1 : 0.8;
  const limit = `${files} files ${kind}, the call of Stagecraft to buildx`;
  hold(limit, medianMs['Stagecraft, the call'] / medianMs.buildx, { atMost });
}
