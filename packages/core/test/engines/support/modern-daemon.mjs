// Docker 26 from Debian trixie next to the machine's own daemon: own network namespace, own data, own sockets.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cachePath } from '../../../../../scripts/lib/cache.mjs';
import { aptRoot, downloadPackages } from '../../../../../scripts/lib/debian.mjs';
import { pingEngine } from '../../../../../scripts/lib/engine-client.mjs';
import { withLock } from '../../../../../scripts/lib/lock.mjs';
import { run, withSystemPath } from '../../../../../scripts/lib/run.mjs';

const packages = ['docker.io', 'containerd'];
const startDeadlineMs = 60_000;
const stopDeadlineMs = 20_000;

/**
 * @typedef {object} ModernDaemon
 * @property {string} socketPath
 * @property {number} pid
 * @property {(port: number, socketPath: string) => Promise<void>} forward Makes what listens on a unix socket reachable for the daemon as 127.0.0.1:port.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a daemon with an empty store.
 * @param {'graph' | 'containerd'} store
 * @returns {Promise<ModernDaemon>}
 */
export async function startModernDaemon(store) {
  const programs = await unpackPrograms();
  const base = mkdtempSync(join(mkdirs(cachePath('modern-daemon')), `${store}-`));
  // Paths of unix sockets may have 107 characters only.
  const sockets = mkdtempSync('/run/stagecraft-');
  const socketPath = join(sockets, 'docker.sock');
  const child = launch(programs, store, base, sockets);
  const stop = async () => {
    for (const forwarder of forwarders) forwarder.kill();
    await stopProcess(child);
    rmSync(base, { recursive: true, force: true });
    rmSync(sockets, { recursive: true, force: true });
  };
  /** @type {import('node:child_process').ChildProcess[]} */
  const forwarders = [];
  try {
    await waitForPing(child, socketPath, base);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = Number(child.pid);
  return {
    socketPath,
    pid,
    stop,
    async forward(port, target) {
      forwarders.push(await startForwarder(pid, port, target));
    },
  };
}

/** @param {string} path */
function mkdirs(path) {
  mkdirSync(path, { recursive: true });
  return path;
}

/** The daemon of the next Debian release runs on this one; only its runc doesn't, so that one stays the machine's own. */
async function unpackPrograms() {
  const root = await aptRoot('trixie');
  const files = await downloadPackages(root, packages);
  return withLock(cachePath('modern-daemon', 'unpack.lock'), async () => {
    const target = cachePath('modern-daemon', 'programs');
    const stamp = join(target, '.unpacked');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === files.join('\n')) return target;
    rmSync(target, { recursive: true, force: true });
    mkdirs(target);
    for (const file of files) await run('dpkg', ['-x', file, target], { env: withSystemPath(process.env) });
    writeFileSync(stamp, files.join('\n'));
    return target;
  });
}

/**
 * @param {string} programs
 * @param {string} store
 * @param {string} base
 * @param {string} sockets
 */
function launch(programs, store, base, sockets) {
  const config = store === 'containerd' ? { features: { 'containerd-snapshotter': true } } : {};
  writeFileSync(join(base, 'daemon.json'), JSON.stringify(config));
  const path = withSystemPath(process.env).PATH;
  const env = {
    ...process.env,
    PATH: `${programs}/usr/bin:${programs}/usr/sbin:${path}`,
    DOCKER_TMPDIR: join(sockets, 'tmp'),
  };
  const log = openSync(join(base, 'log'), 'a');
  // A second daemon in the same network namespace would take the first one's bridge away.
  const command = `ip link set lo up && exec dockerd "$@"`;
  const flags = [
    ...['--config-file', join(base, 'daemon.json'), '--data-root', join(base, 'data')],
    ...['--exec-root', join(sockets, 'exec'), '--pidfile', join(sockets, 'pid')],
    ...[
      '-H',
      `unix://${join(sockets, 'docker.sock')}`,
      '--bridge=none',
      '--iptables=false',
      '--ip6tables=false',
    ],
  ];
  const child = spawn('unshare', ['--net', 'sh', '-c', command, 'sh', ...flags], {
    env,
    detached: true,
    stdio: ['ignore', log, log],
    cwd: '/',
  });
  closeSync(log);
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} socketPath
 * @param {string} base
 */
async function waitForPing(child, socketPath, base) {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await pingEngine({ socketPath })) return;
    await sleep(100);
  }
  const tail = readFileSync(join(base, 'log'), 'utf8').trim().split('\n').slice(-10).join('\n');
  throw new Error(`The modern daemon did not start.\n${tail}`);
}

/**
 * @param {number} pid
 * @param {number} port
 * @param {string} target
 */
async function startForwarder(pid, port, target) {
  const script = fileURLToPath(new URL('forwarder.mjs', import.meta.url));
  const args = [`--net=/proc/${pid}/ns/net`, process.execPath, script, String(port), target];
  const child = spawn('nsenter', args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: withSystemPath(process.env),
  });
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`The forwarder ended with ${code}.`)));
  });
  return child;
}

/** @param {import('node:child_process').ChildProcess} child */
async function stopProcess(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const deadline = Date.now() + stopDeadlineMs;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) await sleep(50);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}
