import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the context room for a plain Node process and gives back the path of the file. */
export async function bundleContext(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'stagecraft-bundle-'));
  const outfile = join(directory, 'context.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/context/index.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}
