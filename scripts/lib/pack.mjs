import { join } from 'node:path';
import { run } from './run.mjs';
import { root } from './steps.mjs';

/**
 * Packs a package the way it is published, with workspace versions filled in.
 * @param {string} packageDirectory
 * @param {string} destination
 * @returns {Promise<string>} Path of the tarball.
 */
export async function pack(packageDirectory, destination) {
  const args = ['pack', '--json', '--pack-destination', destination];
  const { stdout } = await run(join(root, 'node_modules/.bin/pnpm'), args, { cwd: packageDirectory });
  return JSON.parse(stdout).filename;
}
