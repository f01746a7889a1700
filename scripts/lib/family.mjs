// A family is a set of images that are built together. This file knows what identifies one and how it is built and cached.
import { readFileSync } from 'node:fs';
import { installPackages } from './apt.mjs';
import { cachePath, digest, withWorkDirectory } from './cache.mjs';
import { aptRoot, resolveCandidates } from './debian.mjs';
import { withLock } from './lock.mjs';
import { readRecord, removeOldRecords, writeRecord } from './records.mjs';

/**
 * @typedef {object} Family
 * @property {string} name
 * @property {readonly string[]} sources URLs of the files that decide what is in the images: the recipe and what it uses.
 * @property {import('./debian.mjs').Release} release
 * @property {readonly string[]} [packages] Packages whose version and hash are part of the family's key.
 * @property {readonly Family[]} [needs] Families whose layers this one builds on.
 * @property {readonly FamilyImage[]} images
 * @property {(room: BuildRoom) => Promise<Record<string, Layer>>} build
 */

/**
 * @typedef {object} FamilyImage
 * @property {readonly string[]} tags
 * @property {RegExp} [alias] Other names that this image gets when somebody asks for them.
 * @property {readonly string[]} layers "family/layer" names, lowest first.
 * @property {import('./image-archive.mjs').ImageConfig} config
 */

/**
 * @typedef {object} BuildRoom
 * @property {import('./debian.mjs').AptRoot} root
 * @property {string} directory An empty directory, removed after the build.
 * @property {ReadonlyMap<string, Layer>} layers Layers of the needed families by "family/layer".
 */

/** @typedef {import('./layer.mjs').Layer} Layer */
/** @typedef {{ key: string, epochSeconds: number, layers: ReadonlyMap<string, Layer> }} BuiltFamily */
/** @typedef {(line: string) => void} Log */

/** Files that decide what any image looks like: when one changes, every image is a different one. */
const sharedSources = ['layer.mjs', 'image-archive.mjs'].map((name) => new URL(name, import.meta.url).href);

/**
 * Identity of a family's content on this machine today: recipe, Debian release date, packages, architecture.
 * @param {Family} family
 * @returns {Promise<string>}
 */
export function familyKey(family) {
  const known = keys.get(family) ?? computeKey(family);
  keys.set(family, known);
  return known;
}

/** @type {Map<Family, Promise<string>>} */
const keys = new Map();

/** @param {Family} family */
async function computeKey(family) {
  const root = await aptRoot(family.release);
  const packages = family.packages ? await resolveCandidates(root, family.packages) : [];
  const needs = await Promise.all((family.needs ?? []).map(familyKey));
  const sources = [...sharedSources, ...family.sources].map((url) => readFileSync(new URL(url), 'utf8'));
  return digest(...sources, family.name, root.date, JSON.stringify(packages), process.arch, ...needs);
}

/**
 * The family's layers out of the cache, built first when they are not there.
 * Two processes never build the same family at once: the second waits and finds it in the cache.
 * @param {Family} family
 * @param {Log} log
 * @returns {Promise<BuiltFamily>}
 */
export async function cachedFamily(family, log) {
  const key = await familyKey(family);
  return (
    readRecord(family.name, key) ??
    withLock(cachePath('families', `${family.name}.lock`), async () => {
      const record = readRecord(family.name, key);
      if (record) return record;
      const started = Date.now();
      log(`${family.name}: building`);
      const built = await buildFamily(family, key, log);
      writeRecord(family.name, built);
      removeOldRecords(family.name, key);
      log(`${family.name}: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
      return built;
    })
  );
}

/**
 * Builds a family whether or not it is in the cache.
 * @param {Family} family
 * @param {string} key
 * @param {Log} log
 * @returns {Promise<BuiltFamily>}
 */
export async function buildFamily(family, key, log) {
  await installPackages(['mmdebstrap', 'xz-utils', 'debian-archive-keyring'], log);
  const root = await aptRoot(family.release);
  /** @type {Map<string, Layer>} */
  const layers = new Map();
  for (const need of family.needs ?? []) {
    for (const [name, layer] of (await cachedFamily(need, log)).layers) layers.set(name, layer);
  }
  const own = await withWorkDirectory(family.name, (directory) => family.build({ root, directory, layers }));
  for (const [name, layer] of Object.entries(own)) layers.set(`${family.name}/${name}`, layer);
  return { key, epochSeconds: root.epochSeconds, layers };
}
