#!/usr/bin/env node
// Makes a Docker daemon available to tests: uses one that answers, else installs and starts Debian's.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installPackages, whyNoApt } from './lib/apt.mjs';
import { engineAddress, engineVersion, pingEngine } from './lib/engine-client.mjs';
import { withLock } from './lib/lock.mjs';
import { hasProgram, run, withSystemPath } from './lib/run.mjs';

const stateDirectory = '/run/stagecraft';
const statePath = join(stateDirectory, 'daemon.json');
const logPath = '/var/log/stagecraft-dockerd.log';
const startDeadlineMs = 60_000;
const stopDeadlineMs = 60_000;

/**
 * @typedef {object} Daemon
 * @property {string | undefined} socketPath Unix socket of the daemon; undefined for a tcp DOCKER_HOST.
 * @property {boolean} startedByUs True when these scripts started it, now or earlier.
 * @property {string} version
 * @property {() => Promise<boolean>} stop Stops it if these scripts started it; false when there was nothing to stop.
 */

/**
 * Returns a daemon that answers; starts one when there is none. Safe to call from several processes.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<Daemon>} Rejects with the reason when no daemon can be had here.
 */
export async function ensureDaemon(options = {}) {
  const log = options.log ?? (() => {});
  const address = engineAddress();
  if (await pingEngine(address)) return describe(address);
  if (process.env.DOCKER_HOST) {
    throw new Error(
      `No Docker daemon answers at DOCKER_HOST "${process.env.DOCKER_HOST}". Start it or unset DOCKER_HOST.`,
    );
  }
  const reason = await whyCannotStart();
  if (reason) throw new Error(`No Docker daemon answers, and none can be started: ${reason}.`);
  return withLock(join(stateDirectory, 'daemon.lock'), async () => {
    if (await pingEngine(address)) return describe(address);
    await installPackages(['docker.io', 'iptables', 'ca-certificates'], log);
    // On a machine with an init system the package itself may have started the service.
    if (!(await pingEngine(address))) await startDaemon(log);
    return describe(address);
  });
}

async function whyCannotStart() {
  if (process.platform !== 'linux') return 'starting one is only supported on Linux';
  if (process.getuid?.() !== 0) return 'this user is not root';
  if (!(await hasProgram('dockerd'))) {
    const reason = await whyNoApt();
    if (reason) return reason;
  }
  if (!existsSync('/sys/fs/cgroup/memory') && !existsSync('/sys/fs/cgroup/cgroup.controllers')) {
    return 'no control groups are mounted at /sys/fs/cgroup';
  }
  return undefined;
}

/**
 * @param {import('./lib/engine-client.mjs').EngineAddress} address
 * @returns {Promise<Daemon>}
 */
async function describe(address) {
  return {
    socketPath: 'socketPath' in address ? address.socketPath : undefined,
    startedByUs: readState() !== undefined,
    version: await engineVersion(address),
    stop: stopDaemon,
  };
}

/** @param {(line: string) => void} log */
async function startDaemon(log) {
  const started = Date.now();
  mkdirSync(stateDirectory, { recursive: true });
  const logFile = openSync(logPath, 'a');
  const env = withSystemPath(process.env);
  // The daemon outlives this process, so it must not hold on to the caller's terminal or session.
  const child = spawn('dockerd', await daemonArguments(), {
    env,
    detached: true,
    stdio: ['ignore', logFile, logFile],
    cwd: '/',
  });
  closeSync(logFile);
  const failed = new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`dockerd ended with ${code}. ${logTail()}`)));
  });
  await Promise.race([waitForPing(), failed]);
  const pid = Number(child.pid);
  writeFileSync(statePath, JSON.stringify({ pid, startTime: processStartTime(pid) }));
  child.unref();
  child.removeAllListeners();
  log(
    `dockerd runs as process ${pid}, ready in ${((Date.now() - started) / 1000).toFixed(1)} s, log in ${logPath}`,
  );
}

async function daemonArguments() {
  const { stdout } = await run('stat', ['--file-system', '--format', '%T', '/var/lib']);
  // overlay on overlay is not possible, so a daemon inside a container needs plain copies.
  return stdout.trim() === 'overlayfs' ? ['--storage-driver', 'vfs'] : [];
}

async function waitForPing() {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    if (await pingEngine({ socketPath: '/var/run/docker.sock' })) return;
    await sleep(100);
  }
  throw new Error(`dockerd did not answer within ${startDeadlineMs / 1000} s. ${logTail()}`);
}

function logTail() {
  const lines = existsSync(logPath) ? readFileSync(logPath, 'utf8').trim().split('\n').slice(-15) : [];
  return `The end of "${logPath}":\n${lines.join('\n')}`;
}

/**
 * The daemon these scripts started, if that very process still runs.
 * @returns {{ pid: number, startTime: string } | undefined}
 */
function readState() {
  if (!existsSync(statePath)) return undefined;
  const state = JSON.parse(readFileSync(statePath, 'utf8'));
  return processStartTime(state.pid) === state.startTime ? state : undefined;
}

/**
 * Start time of a process in clock ticks: with the pid it names one process for good, since pids are reused.
 * @param {number} pid
 * @returns {string | undefined}
 */
function processStartTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/**
 * Stops the daemon if these scripts started it.
 * @returns {Promise<boolean>}
 */
export async function stopDaemon() {
  return withLock(join(stateDirectory, 'daemon.lock'), async () => {
    const state = readState();
    if (!state) return false;
    process.kill(state.pid, 'SIGTERM');
    const deadline = Date.now() + stopDeadlineMs;
    while (readState() && Date.now() < deadline) await sleep(100);
    if (readState())
      throw new Error(`dockerd (process ${state.pid}) did not stop within ${stopDeadlineMs / 1000} s.`);
    rmSync(statePath);
    return true;
  });
}

/** @param {string | undefined} command */
async function main(command) {
  const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);
  if (command === 'start') {
    const daemon = await ensureDaemon({ log: say });
    say(
      `Docker ${daemon.version} answers${daemon.socketPath ? ` at ${daemon.socketPath}` : ''}${daemon.startedByUs ? ' (started by these scripts)' : ''}.`,
    );
  } else if (command === 'stop') {
    say((await stopDaemon()) ? 'The daemon is stopped.' : 'These scripts started no daemon that still runs.');
  } else if (command === 'status') {
    const answers = await pingEngine(engineAddress());
    say(answers ? `Docker ${await engineVersion(engineAddress())} answers.` : 'No Docker daemon answers.');
    process.exitCode = answers ? 0 : 1;
  } else {
    say('Usage: node scripts/daemon.mjs start|stop|status');
    process.exitCode = 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv[2]).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
