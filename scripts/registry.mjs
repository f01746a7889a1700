#!/usr/bin/env node
// A real image registry on loopback for tests: Debian's docker-registry package on a free port.
// Docker takes loopback addresses as insecure registries, so plain HTTP works.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installPackages } from './lib/apt.mjs';
import { run, withSystemPath } from './lib/run.mjs';

const startDeadlineMs = 15_000;

/**
 * Starts a registry with empty storage in a temporary directory. It ends with this process at the latest.
 * @param {{ user?: string, password?: string, log?: (line: string) => void }} [options] With `user`, every access needs the password.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is "localhost:PORT", the first part of an image name.
 */
export async function startRegistry(options = {}) {
  await installPackages(['docker-registry'], options.log ?? (() => {}));
  const directory = mkdtempSync(join(tmpdir(), 'stagecraft-registry-'));
  const port = await freePort();
  writeFileSync(join(directory, 'config.yml'), await configText(directory, port, options));
  const log = openSync(join(directory, 'log'), 'a');
  // The kernel ends the registry when this process is killed: no test leaves one behind.
  const args = ['--pdeathsig', 'TERM', 'docker-registry', 'serve', join(directory, 'config.yml')];
  const child = spawn('setpriv', args, { env: withSystemPath(process.env), stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await Promise.race([waitForAnswer(port), ended.then(() => Promise.reject(new Error('it ended')))]);
  } catch (cause) {
    const output = readFileSync(join(directory, 'log'), 'utf8').trim();
    await stop();
    throw new Error(`The registry did not start on port ${port}.\n${output}`, { cause });
  }
  return { url: `localhost:${port}`, stop };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * @param {string} directory
 * @param {number} port
 * @param {{ user?: string, password?: string }} options
 */
async function configText(directory, port, { user, password = '' }) {
  const base = `version: 0.1
storage:
  filesystem:
    rootdirectory: ${directory}/storage
  delete:
    enabled: true
http:
  addr: 127.0.0.1:${port}
`;
  if (!user) return base;
  const path = join(directory, 'htpasswd');
  writeFileSync(path, `${user}:${await bcrypt(password)}\n`, { mode: 0o600 });
  return `${base}auth:
  htpasswd:
    realm: stagecraft
    path: ${path}
`;
}

/**
 * The only hash the registry accepts. Perl is on every Debian, and its crypt() knows bcrypt.
 * @param {string} password
 */
async function bcrypt(password) {
  const salt = randomBytes(32).toString('base64').replaceAll(/[+=]/g, '.').slice(0, 22);
  const script = 'my $p = <STDIN>; print crypt($p, $ARGV[0])';
  return (await run('perl', ['-e', script, `$2y$05$${salt}`], { input: password })).stdout;
}

/** @param {number} port */
async function waitForAnswer(port) {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error(`no answer within ${startDeadlineMs / 1000} s`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const message = request({ host: '127.0.0.1', port, path: '/v2/' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 || response.statusCode === 401);
    });
    message.on('error', () => resolve(false));
    message.end();
  });
}

/** @param {string | undefined} credentials */
async function main(credentials) {
  const [user, password] = credentials ? credentials.split(':') : [];
  const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);
  const registry = await startRegistry({ log: say, ...(user && { user, password: password ?? '' }) });
  say(`The registry answers at ${registry.url}. Ctrl-C stops it.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => registry.stop());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv[2]).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
