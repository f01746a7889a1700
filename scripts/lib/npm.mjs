// Programs that are published as npm packages, through the machine's own npm.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath, withWorkDirectory } from './cache.mjs';
import { run } from './run.mjs';

/**
 * Unpacks one exact version of an npm package; npm checks its integrity.
 * @param {string} name
 * @param {string} version
 * @param {string} directory Created; gets the package's files.
 */
export async function unpackNpmPackage(name, version, directory) {
  const file = cachePath('npm', `${name.replace('/', '+')}-${version}.tgz`);
  if (!existsSync(file)) {
    mkdirSync(cachePath('npm'), { recursive: true });
    await withWorkDirectory('npm', async (work) => {
      await run('npm', ['pack', `${name}@${version}`, '--ignore-scripts'], { cwd: work });
      renameSync(join(work, String(readdirSync(work)[0])), file);
    });
  }
  mkdirSync(directory, { recursive: true });
  const extract = ['--extract', '--gzip', '--no-same-owner', '--strip-components=1'];
  await run('tar', [...extract, '--file', file, '--directory', directory]);
}
