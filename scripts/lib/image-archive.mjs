// `docker save` archives written by hand: unlike `docker import`, image ids stay the same from build to build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} ImageConfig
 * @property {readonly string[]} Env
 * @property {string} [User]
 * @property {string} [WorkingDir]
 * @property {readonly string[]} [Entrypoint]
 * @property {readonly string[]} [Cmd]
 * @property {string} [StopSignal]
 * @property {Record<string, object>} [ExposedPorts]
 */

/**
 * @typedef {object} Image
 * @property {readonly string[]} tags
 * @property {readonly import('./layer.mjs').Layer[]} layers Lowest first.
 * @property {ImageConfig} config
 */

/**
 * Streams an archive that the engine loads as these images.
 * @param {readonly Image[]} images
 * @param {{ directory: string, comment: string, epochSeconds: number }} options `directory` is an empty one to work in.
 * @returns {import('node:stream').Readable}
 */
export function streamArchive(images, options) {
  const { directory } = options;
  const manifest = images.map((image) => {
    for (const layer of image.layers) linkLayer(layer, directory);
    const config = JSON.stringify(imageJson(image, options));
    const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
    writeFileSync(join(directory, configName), config);
    return { Config: configName, RepoTags: image.tags, Layers: image.layers.map(layerName) };
  });
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  const tar = spawn('tar', ['--create', '--format=gnu', '--directory', directory, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  tar.on('error', (error) => tar.stdout.destroy(error));
  tar.on('close', (code) => {
    if (code !== 0) tar.stdout.destroy(new Error(`tar of the image archive ended with ${code}.`));
  });
  return tar.stdout;
}

/**
 * @param {Image} image
 * @param {{ comment: string, epochSeconds: number }} options
 */
function imageJson(image, { comment, epochSeconds }) {
  const created = new Date(epochSeconds * 1000).toISOString();
  return {
    architecture: architectures[process.arch] ?? process.arch,
    os: 'linux',
    created,
    config: { User: '', WorkingDir: '', Entrypoint: null, Cmd: null, ...image.config },
    rootfs: { type: 'layers', diff_ids: image.layers.map(({ diffId }) => diffId) },
    // The comment is how a loaded base is recognised later; a label would be inherited by everything built on it.
    history: image.layers.map(() => ({
      created,
      created_by: 'stand-in base made from Debian packages',
      comment,
    })),
  };
}

/** @type {Record<string, string>} */
const architectures = { x64: 'amd64', arm64: 'arm64' };

/** @param {import('./layer.mjs').Layer} layer */
function layerName({ diffId }) {
  return `${diffId.slice('sha256:'.length)}/layer.tar`;
}

/**
 * @param {import('./layer.mjs').Layer} layer
 * @param {string} directory
 */
function linkLayer(layer, directory) {
  const target = join(directory, layerName(layer));
  if (mkdirSync(dirname(target), { recursive: true })) linkSync(layer.path, target);
}
