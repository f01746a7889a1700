import type { ContextEntry, ContextSource, VirtualFile } from '../../../build/context-source.ts';
import { createPatternMatcher } from '../../buildkit/filter/pattern-matcher.ts';

/** Name of the Dockerfile among the files of the context. */
export const dockerfileName = '.stagecraft.dockerfile';

const ignoreFileName = '.dockerignore';

/**
 * The Dockerfile, and an ignore file that makes the engine remove it before COPY sees the context.
 *
 * As the docker CLI does with a Dockerfile from elsewhere, an ignore file that travels keeps its text and only gets
 * one line more; one that doesn't is removed, too.
 */
export async function dockerfileFiles(
  context: ContextSource,
  dockerfile: string,
): Promise<readonly VirtualFile[]> {
  return [{ path: dockerfileName, content: dockerfile }, await ignoreFile(context)];
}

async function ignoreFile(context: ContextSource): Promise<VirtualFile> {
  const entry = await context.entry?.(ignoreFileName);
  if (entry?.type !== 'file') {
    return { path: ignoreFileName, content: `${ignoreFileName}\n${dockerfileName}\n` };
  }
  const text = await readEntry(entry);
  // Where other rules let it travel, the file's own text must not remove it.
  const back = createPatternMatcher(text.toString('latin1').split('\n')).match(ignoreFileName, undefined)
    .matched
    ? `\n!${ignoreFileName}`
    : '';
  return {
    path: ignoreFileName,
    content: Buffer.concat([text, Buffer.from(`${back}\n${dockerfileName}\n`)]),
    mode: entry.mode & 0o7777,
    mtimeNs: entry.mtimeNs,
  };
}

async function readEntry(entry: ContextEntry): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry.read?.() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
