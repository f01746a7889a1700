import { spawnSync } from 'node:child_process';

/**
 * Median time of one call, in microseconds, over rounds of at least `roundMs` each.
 * @param {() => unknown} work
 * @param {{ rounds?: number, roundMs?: number }} [options]
 */
export function medianMicroseconds(work, { rounds = 9, roundMs = 40 } = {}) {
  const times = [];
  // Long enough for the optimising compiler to be done, also with work of several milliseconds.
  timePerCall(work, 10 * roundMs);
  for (let round = 0; round < rounds; round += 1) times.push(timePerCall(work, roundMs));
  return median(times) * 1000;
}

/**
 * Median time of one call of each, in microseconds. They take turns, so that a busy moment of the machine hits all.
 * @param {readonly (() => unknown)[]} tasks
 * @param {{ rounds?: number }} [options]
 * @returns {number[]}
 */
export function mediansInTurns(tasks, { rounds = 150 } = {}) {
  /** @type {number[][]} */
  const times = tasks.map(() => []);
  for (let round = -50; round < rounds; round += 1) {
    for (const [index, work] of tasks.entries()) {
      const started = performance.now();
      work();
      if (round >= 0) times[index]?.push((performance.now() - started) * 1000);
    }
  }
  return times.map(median);
}

/**
 * @param {() => unknown} work
 * @param {number} roundMs
 */
function timePerCall(work, roundMs) {
  const started = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < roundMs) {
    work();
    calls += 1;
    elapsed = performance.now() - started;
  }
  return elapsed / calls;
}

/**
 * Median wall time of several commands of this Node, in milliseconds. The runs take turns, so that a busy moment of the
 * machine hits all of them.
 * @param {readonly (readonly string[])[]} commands Arguments for node.
 * @param {{ cwd: string, runs?: number }} options
 */
export function medianProcessMs(commands, { cwd, runs = 21 }) {
  /** @type {number[][]} */
  const times = commands.map(() => []);
  for (let run = -2; run < runs; run += 1) {
    for (const [index, args] of commands.entries()) {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
      if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
      if (run >= 0) times[index]?.push(performance.now() - started);
    }
  }
  return times.map(median);
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Prints a measured figure beside its limit, and makes the process fail when it is missed.
 * @param {string} name
 * @param {number} value
 * @param {{ atLeast?: number, atMost?: number }} limit
 */
export function hold(name, value, { atLeast = -Infinity, atMost = Infinity }) {
  const ok = value >= atLeast && value <= atMost;
  const bound = atMost < Infinity ? `at most ${atMost}` : `at least ${atLeast}`;
  console.log(`${ok ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(2)} (limit: ${bound})`);
  if (!ok) process.exitCode = 1;
}
