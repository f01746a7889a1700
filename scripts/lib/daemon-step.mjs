import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBases } from '../bases.mjs';
import { ensureDaemon } from '../daemon.mjs';
import { whyNoApt } from './apt.mjs';
import { engineAddress, pingEngine } from './engine-client.mjs';
import { root, vitestStep } from './steps.mjs';

/**
 * A daemon and the base images that the tests name, or why there are none.
 * @typedef {object} Preparation
 * @property {readonly string[]} files
 * @property {boolean} alreadyRan
 * @property {Awaited<ReturnType<typeof ensureDaemon>>} [daemon]
 * @property {unknown} [error]
 * @property {readonly string[]} lines What was done, to be shown when its turn comes.
 */

/**
 * Makes everything ready that the tests on a daemon need; can go on beside other tests, and never rejects.
 * @returns {Promise<Preparation>}
 */
export async function prepareDaemon() {
  const files = daemonTestFiles();
  /** @type {string[]} */
  const lines = [];
  const log = (/** @type {string} */ line) => void lines.push(line);
  const alreadyRan = await pingEngine(engineAddress());
  const started = performance.now();
  let daemon;
  try {
    daemon = await ensureDaemon({ log });
    const bases = neededBases(files);
    if (bases.length > 0) await ensureBases(bases, { log });
  } catch (error) {
    return { files, alreadyRan, ...(daemon && { daemon }), error, lines };
  }
  log(`ready in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { files, alreadyRan, daemon, lines };
}

/**
 * Runs the tests on a Docker daemon: one that answers, or one that is started for them and stopped afterwards.
 * Where none can be had they are skipped aloud; in CI that is a failure.
 * @param {Promise<Preparation>} [preparation]
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function daemonStep(preparation = prepareDaemon()) {
  const title = 'tests on a Docker daemon';
  console.log(`\n── ${title}: preparing the daemon and the base images`);
  const { files, alreadyRan, daemon, error, lines } = await preparation;
  for (const line of lines) console.log(`   ${line}`);
  if (error !== undefined || daemon === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    // Base images are made with apt: with a daemon but without apt they cannot be had.
    return refused(title, files, reason, daemon !== undefined && (await whyNoApt()) === undefined);
  }
  try {
    return await vitestStep(title, 'daemon');
  } finally {
    if (!alreadyRan) await daemon.stop();
  }
}

/**
 * @param {string} title
 * @param {readonly string[]} files
 * @param {string} reason
 * @param {boolean} couldRun Then it is a failure and not a property of the machine.
 * @returns {import('./steps.mjs').Outcome}
 */
function refused(title, files, reason, couldRun) {
  const mustRun = Boolean(process.env.CI) || couldRun;
  console.log(`\n!! ${mustRun ? 'FAILED' : 'SKIPPED'}: ${title}. ${reason}`);
  for (const file of files) console.log(`!!   not run: ${file}`);
  const notes = [reason, ...files.map((file) => `not run: ${file}`)];
  return {
    title,
    passed: 0,
    failed: mustRun ? 1 : 0,
    skipped: mustRun ? 0 : Math.max(1, files.length),
    notes,
    seconds: 0,
  };
}

/** @returns {string[]} Paths from the root. */
function daemonTestFiles() {
  return ['packages', 'examples', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.daemon.test.ts') && !path.includes('node_modules'))
      .map((path) => join(folder, path)),
  );
}

/**
 * The images named in the files' own lines "// Needs base images: debian:trixie-slim, golang:1.26-trixie".
 * @param {readonly string[]} files
 */
function neededBases(files) {
  const names = files.flatMap((file) => {
    const match = /^\/\/ Needs base images: (.+)$/mu.exec(readFileSync(join(root, file), 'utf8'));
    return match?.[1]?.split(',').map((name) => name.trim()) ?? [];
  });
  return [...new Set(names)];
}
