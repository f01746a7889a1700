// Directory trees to image layers: the same tree gives the same bytes on every machine.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cachePath, withWorkDirectory } from './cache.mjs';
import { run } from './run.mjs';

/** @typedef {{ path: string, diffId: string }} Layer */

/**
 * Packs a tree into a layer of the cache: sorted, numeric owners, no time later than `epochSeconds`.
 * @param {string} tree
 * @param {number} epochSeconds
 * @returns {Promise<Layer>}
 */
export function packLayer(tree, epochSeconds) {
  return withWorkDirectory('layer', async (directory) => {
    const path = join(directory, 'layer.tar');
    const layer = layerOf(`sha256:${await packTree(tree, path, epochSeconds)}`);
    mkdirSync(cachePath('layers'), { recursive: true });
    renameSync(path, layer.path);
    return layer;
  });
}

/**
 * Where the cache keeps the layer with this digest.
 * @param {string} diffId
 * @returns {Layer}
 */
export function layerOf(diffId) {
  return { path: cachePath('layers', `${diffId.slice('sha256:'.length)}.tar`), diffId };
}

/**
 * @param {string} tree
 * @param {string} path
 * @param {number} epochSeconds
 * @returns {Promise<string>} Hex digest of the tar.
 */
export async function packTree(tree, path, epochSeconds) {
  const args = ['--create', '--format=gnu', '--sort=name', '--numeric-owner', `--mtime=@${epochSeconds}`];
  const tar = spawn('tar', [...args, '--clamp-mtime', '--one-file-system', '--directory', tree, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const ended = new Promise((resolve, reject) => {
    tar.on('error', reject);
    tar.on('close', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`tar of "${basename(tree)}" ended with ${code}.`)),
    );
  });
  const hash = createHash('sha256');
  tar.stdout.on('data', (chunk) => hash.update(chunk));
  await Promise.all([pipeline(tar.stdout, createWriteStream(path)), ended]);
  return hash.digest('hex');
}

/**
 * @param {Layer} layer
 * @param {string} tree
 */
export async function unpackLayer(layer, tree) {
  await run('tar', [
    '--extract',
    '--numeric-owner',
    '--same-permissions',
    '--file',
    layer.path,
    '--directory',
    tree,
  ]);
}
