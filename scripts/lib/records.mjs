// What the cache knows about finished builds: one small file a family and key, naming its layers.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cachePath } from './cache.mjs';
import { layerOf } from './layer.mjs';

/** @typedef {import('./family.mjs').BuiltFamily} BuiltFamily */

const keptForMs = 7 * 24 * 60 * 60 * 1000;

/**
 * @param {string} family
 * @param {string} key
 */
function recordPath(family, key) {
  return cachePath('families', `${family}-${key.slice(0, 16)}.json`);
}

/**
 * @param {string} family
 * @param {BuiltFamily} built
 */
export function writeRecord(family, built) {
  mkdirSync(cachePath('families'), { recursive: true });
  const path = recordPath(family, built.key);
  const diffIds = Object.fromEntries([...built.layers].map(([name, { diffId }]) => [name, diffId]));
  const { key, epochSeconds } = built;
  writeFileSync(`${path}.new`, `${JSON.stringify({ key, epochSeconds, layers: diffIds }, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

/**
 * @param {string} family
 * @param {string} key
 * @returns {BuiltFamily | undefined} Undefined as well when somebody removed one of its layers.
 */
export function readRecord(family, key) {
  const path = recordPath(family, key);
  if (!existsSync(path)) return undefined;
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const layers = new Map(
    Object.entries(record.layers).map(([name, diffId]) => [name, layerOf(String(diffId))]),
  );
  if (![...layers.values()].every((layer) => existsSync(layer.path))) return undefined;
  return { key, epochSeconds: record.epochSeconds, layers };
}

/**
 * Removes week-old records of earlier keys of a family, and the layers that no record names any more.
 * The week protects a parallel run of another checkout.
 * @param {string} family
 * @param {string} currentKey
 */
export function removeOldRecords(family, currentKey) {
  const current = recordPath(family, currentKey);
  const isOwn = new RegExp(`^${family.replaceAll('.', '\\.')}-[0-9a-f]{16}\\.json$`);
  for (const name of readdirSync(cachePath('families'))) {
    const path = cachePath('families', name);
    if (isOwn.test(name) && path !== current && isOld(path)) rmSync(path, { force: true });
  }
  const records = readdirSync(cachePath('families')).filter((name) => name.endsWith('.json'));
  const named = records.map((name) => readFileSync(cachePath('families', name), 'utf8')).join('');
  for (const name of readdirSync(cachePath('layers'))) {
    const path = cachePath('layers', name);
    if (!named.includes(name.replace('.tar', '')) && isOld(path)) rmSync(path, { force: true });
  }
}

/** @param {string} path */
function isOld(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > keptForMs;
}
