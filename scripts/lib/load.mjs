// Puts built families into the engine, and knows which ones are there already.

import { cachePath, withWorkDirectory } from './cache.mjs';
import { callEngine, inspectImage, loadArchive } from './engine-client.mjs';
import { cachedFamily, familyKey } from './family.mjs';
import { streamArchive } from './image-archive.mjs';
import { withLock } from './lock.mjs';

/** @typedef {import('./engine-client.mjs').EngineAddress} EngineAddress */
/** @typedef {import('./family.mjs').Family} Family */

/**
 * Makes sure that the engine has these names of one family, with today's content.
 * @param {EngineAddress} address
 * @param {Family} family
 * @param {readonly string[]} names
 * @param {import('./family.mjs').Log} log
 */
export async function ensureLoaded(address, family, names, log) {
  const comment = `stagecraft base ${await familyKey(family)}`;
  const wanted = names.length > 0 ? names : family.images.flatMap(({ tags }) => tags);
  if (await allLoaded(address, wanted, comment)) return;
  await withLock(cachePath('families', `${family.name}.load.lock`), async () => {
    if (await allLoaded(address, wanted, comment)) return;
    const own = family.images.flatMap(({ tags }) => tags);
    if (!(await allLoaded(address, own, comment))) await loadFamily(address, family, comment, log);
    for (const name of wanted) if (!own.includes(name)) await tagAlias(address, family, name);
  });
}

/**
 * @param {EngineAddress} address
 * @param {readonly string[]} names
 * @param {string} comment
 */
async function allLoaded(address, names, comment) {
  const images = await Promise.all(names.map((name) => inspectImage(address, name)));
  return images.every((image) => image?.comment === comment);
}

/**
 * @param {EngineAddress} address
 * @param {Family} family
 * @param {string} comment
 * @param {import('./family.mjs').Log} log
 */
async function loadFamily(address, family, comment, log) {
  const built = await cachedFamily(family, log);
  const started = Date.now();
  await withWorkDirectory('archive', async (directory) => {
    const images = family.images.map(({ tags, layers, config }) => ({
      tags,
      config,
      layers: layers.map((name) => /** @type {import('./layer.mjs').Layer} */ (built.layers.get(name))),
    }));
    await loadArchive(
      address,
      streamArchive(images, { directory, comment, epochSeconds: built.epochSeconds }),
    );
  });
  log(`${family.name}: loaded in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/**
 * @param {EngineAddress} address
 * @param {Family} family
 * @param {string} name
 */
async function tagAlias(address, family, name) {
  const image = family.images.find(({ alias }) => alias?.test(name));
  const colon = name.lastIndexOf(':');
  const target = `repo=${encodeURIComponent(name.slice(0, colon))}&tag=${encodeURIComponent(name.slice(colon + 1))}`;
  const path = `/images/${image?.tags[0]}/tag?${target}`;
  const { status, text } = await callEngine(address, { method: 'POST', path });
  if (status !== 201) throw new Error(`The engine did not tag "${name}": ${text.trim()}`);
}
