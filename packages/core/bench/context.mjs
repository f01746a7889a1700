// @ts-nocheck: the rivals that are measured here have no types.
// Packs trees of many small files with Stagecraft, tar-fs, GNU tar and the docker CLI's classic send, into a sink and
// into the Docker daemon, and prints the ratios. Everything is measured in one run, taking turns, so that the mood of
// the machine hits all of them alike. What a daemon does with the archive dominates the second half: a ready archive,
// which no client can beat, shows how much. There the gain comes from sending only what is read, and where all of it is
// read, from not sending an archive at all.
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { final } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';
import { packContext, planContext } from '@stagecraft/core/context';
import tarFs from 'tar-fs';
import { hold } from './support/measure.mjs';

const sizes = [
  { files: 20_000, sinkRounds: 5, daemonRounds: 2 },
  { files: 100_000, sinkRounds: 3, daemonRounds: 1 },
];
const home = mkdtempSync(join(tmpdir(), 'stagecraft-bench-'));
const daemonSocket = '/var/run/docker.sock';
const daemonHost = `unix://${daemonSocket}`;
const tag = `stagecraft-bench:${process.pid}`;

try {
  for (const size of sizes) await benchTree(size);
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** @param {{ files: number, sinkRounds: number, daemonRounds: number }} size */
async function benchTree({ files, sinkRounds, daemonRounds }) {
  const directory = join(home, `tree-${files}`);
  makeTree(directory, files);
  const sink = await startSink();
  const docker = spawnSync('docker', ['--version']).status === 0;
  const into = await measure(
    sinkRounds,
    {
      Stagecraft: async () => drain(packContext(await planContext({ directory }))),
      'tar-fs': () => drain(tarFs.pack(directory)),
      'GNU tar': () => runTar(directory),
      ...(docker && { 'docker CLI': () => dockerBuild(sink.host, directory) }),
    },
    { warmUp: true },
  );
  report(`${files} files into a sink`, into);
  hold(`${files} files into a sink, Stagecraft to tar-fs`, into.Stagecraft / into['tar-fs'], { atMost: 0.5 });
  if (docker && existsSync(daemonSocket)) {
    const archive = join(home, `tree-${files}.tar`);
    if (spawnSync('tar', ['cf', archive, '-C', directory, '.']).status !== 0) throw new Error('tar failed.');
    const reads = ['Dockerfile', 'package-0'].map((source) => ({ source, kind: 'copy' }));
    const through = await measure(
      daemonRounds,
      {
        Stagecraft: async () => sendToDaemon(packContext(await planContext({ directory, reads }))),
        'all files': async () => sendToDaemon(packContext(await planContext({ directory }))),
        'tar-fs': () => sendToDaemon(tarFs.pack(directory)),
        'ready archive': () => sendToDaemon(createReadStream(archive)),
        'docker CLI': () => dockerBuild(daemonHost, directory).then(removeImage),
      },
      { warmUp: false },
    );
    report(`one of 20 packages of ${files} files, built by the daemon`, through);
    hold(
      `${files} files built by the daemon, Stagecraft to docker CLI`,
      through.Stagecraft / through['docker CLI'],
      { atMost: 0.8 },
    );
    rmSync(archive);
    await benchWhole(directory, files);
  }
  await sink.close();
  rmSync(directory, { recursive: true, force: true });
}

/** An image of everything in the directory, each made in the way that is usual for it. */
async function benchWhole(directory, files) {
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  const everything = final().from('scratch').copy('.', '/');
  // Once: for the second build in a row only what changed would travel.
  const whole = await measure(
    1,
    {
      Stagecraft: async () => {
        await build(everything, { context: directory, tags: [tag] });
        await removeImage();
      },
      'docker CLI': () => dockerBuild(daemonHost, directory).then(removeImage),
    },
    { warmUp: false },
  );
  report(`all of ${files} files, built by the daemon`, whole);
  hold(
    `all of ${files} files built by the daemon, Stagecraft to docker CLI`,
    whole.Stagecraft / whole['docker CLI'],
    {
      atMost: 0.8,
    },
  );
}

function makeTree(directory, files) {
  for (let index = 0; index < files; index += 1) {
    const folder = join(
      directory,
      `package-${Math.floor(index / 50) % 20}`,
      `folder-${Math.floor(index / 50)}`,
    );
    if (index % 50 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${index}.js`), 'x'.repeat((index * 37) % 2400));
  }
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY package-0 /\n');
}

/** Median milliseconds of each task. A sink is measured after a round that only warms the file cache. */
async function measure(rounds, tasks, { warmUp }) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      await task();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

function report(title, medians) {
  console.log(title);
  for (const [name, time] of Object.entries(medians)) {
    const ratio = (medians.Stagecraft / time).toFixed(2);
    console.log(
      `  ${name.padEnd(12)} ${Math.round(time).toString().padStart(7)} ms   Stagecraft takes ${ratio}x`,
    );
  }
}

async function drain(stream) {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

/** Its output goes through a pipe: GNU tar reads nothing when it sees that it writes to /dev/null. */
async function runTar(directory) {
  await drain(
    spawn('tar', ['cf', '-', '-C', directory, '.'], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout,
  );
}

/** A fake Engine that throws the context away. */
async function startSink() {
  const socketPath = join(home, 'sink.sock');
  const server = createServer((incoming, response) => {
    response.setHeader('Api-Version', '1.41');
    response.setHeader('Ostype', 'linux');
    incoming.resume();
    incoming.on('end', () => response.end('{"stream":"Successfully built 0123456789ab\\n"}\n'));
  });
  await new Promise((resolve) => server.listen(socketPath, resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return { host: `unix://${socketPath}`, close };
}

async function dockerBuild(host, directory) {
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: '0', DOCKER_CONFIG: home };
  const child = spawn('docker', ['build', '-q', '--no-cache', '-t', tag, directory], {
    env,
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`docker build ended with ${code}.`);
}

async function sendToDaemon(stream) {
  await callDaemon('POST', `/build?nocache=1&rm=1&q=1&t=${tag}`, stream);
  await removeImage();
}

async function removeImage() {
  await callDaemon('DELETE', `/images/${tag}?force=1`);
}

async function callDaemon(method, path, body) {
  const headers = body === undefined ? {} : { 'Content-Type': 'application/x-tar' };
  const call = request({ socketPath: daemonSocket, method, path, headers });
  const answered = new Promise((resolve, reject) => {
    call.on('response', resolve);
    call.on('error', reject);
  });
  if (body === undefined) call.end();
  else await pipeline(Readable.from(body, { objectMode: true }), call);
  const response = await answered;
  let text = '';
  for await (const chunk of response) text += chunk;
  if (response.statusCode >= 400 || text.includes('errorDetail')) throw new Error(`${path}: ${text}`);
}
