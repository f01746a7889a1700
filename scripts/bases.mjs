#!/usr/bin/env node
// Stand-in base images: made from Debian packages, given the names that Dockerfiles use, loaded into the engine.
import { fileURLToPath } from 'node:url';
import { families } from './bases/index.mjs';
import { ensureDaemon } from './daemon.mjs';
import { engineAddress } from './lib/engine-client.mjs';
import { buildFamily, familyKey } from './lib/family.mjs';
import { ensureLoaded } from './lib/load.mjs';

/** @typedef {import('./lib/family.mjs').Family} Family */

const atOnce = 2;

/**
 * Makes sure that the engine has these base images; builds what is missing, at most two families at once.
 * Safe to call from several processes.
 * @param {readonly string[]} names Image names such as "golang:1.26-trixie" or family names; none means all.
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function ensureBases(names = [], options = {}) {
  const log = timed(options.log ?? (() => {}));
  const wanted = wantedNames(names);
  await ensureDaemon({ log });
  const waiting = [...wanted];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await makeReady(next[0], next[1], log);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * @param {Family} family
 * @param {readonly string[]} names
 * @param {(line: string) => void} log
 */
async function makeReady(family, names, log) {
  try {
    await ensureLoaded(engineAddress(), family, names, log);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The base images of "${family.name}" could not be made ready. ${reason}`, { cause });
  }
}

/**
 * @param {readonly string[]} names
 * @returns {Map<Family, string[]>} Image names by family; an empty list means the family's own names.
 */
export function wantedNames(names) {
  /** @type {Map<Family, string[]>} */
  const wanted = new Map();
  for (const name of names.length > 0 ? names : families.map((family) => family.name)) {
    const family = families.find((candidate) => candidate.name === name) ?? familyOfImage(name);
    if (!family) throw new Error(`No recipe makes a base named "${name}". See: node scripts/bases.mjs list`);
    const list = wanted.get(family) ?? [];
    if (family.name !== name) list.push(name);
    wanted.set(family, list);
  }
  return wanted;
}

/**
 * @param {string} name
 * @returns {Family | undefined}
 */
function familyOfImage(name) {
  return (
    families.find(({ images }) => images.some(({ tags }) => tags.includes(name))) ??
    families.find(({ images }) => images.some(({ alias }) => alias?.test(name)))
  );
}

/**
 * Builds a family twice from nothing and compares every layer.
 * @param {string} name
 * @param {(line: string) => void} log
 * @returns {Promise<boolean>}
 */
export async function verifyBase(name, log) {
  const [family] = [...wantedNames([name]).keys()];
  const key = await familyKey(/** @type {Family} */ (family));
  const first = await buildFamily(/** @type {Family} */ (family), key, log);
  const second = await buildFamily(/** @type {Family} */ (family), key, log);
  let same = true;
  for (const [layer, { diffId }] of first.layers) {
    const equal = second.layers.get(layer)?.diffId === diffId;
    log(
      `${equal ? 'same' : 'DIFFERENT'}  ${layer}  ${diffId}${equal ? '' : `  ${second.layers.get(layer)?.diffId}`}`,
    );
    same &&= equal;
  }
  return same;
}

/**
 * @param {(line: string) => void} log
 * @returns {(line: string) => void}
 */
function timed(log) {
  const started = Date.now();
  return (line) => log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}`);
}

/** @param {readonly string[]} args */
async function main([command, ...names]) {
  const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);
  if (command === 'ensure') await ensureBases(names, { log: say });
  else if (command === 'verify' && names[0]) process.exitCode = (await verifyBase(names[0], say)) ? 0 : 1;
  else if (command === 'list') for (const family of families) say(listing(family));
  else {
    say('Usage: node scripts/bases.mjs ensure [name…] | list | verify name');
    process.exitCode = 2;
  }
}

/** @param {Family} family */
function listing({ name, images }) {
  const rows = images.map(({ tags, alias }) => `  ${tags.join('  ')}${alias ? `  (also any ${alias})` : ''}`);
  return [name, ...rows].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
