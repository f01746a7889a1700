import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Writes `chunks` to a file that appears under its name only when it is whole and on disk. */
export async function writeFileWhole(chunks: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const target = resolve(path);
  const partial = `${target}.${randomBytes(6).toString('hex')}.partial`;
  await mkdir(dirname(target), { recursive: true });
  const file = await open(partial, 'wx');
  try {
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
