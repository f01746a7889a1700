import { lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { receiveTree } from '../diffcopy/receive-tree.ts';
import type { MessageStream } from '../rpc/message-stream.ts';
import { createDirectorySink } from './directory-sink.ts';

/** Receives an exported tree next to `path` and moves it there once it is whole. Files already there are replaced, others kept. */
export async function writeDirectory(channel: MessageStream, path: string): Promise<void> {
  const target = resolve(path);
  mkdirSync(dirname(target), { recursive: true });
  const staging = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const place = (): string => {
      mkdirSync(target, { recursive: true });
      mergeInto(staging, target);
      return target;
    };
    await receiveTree(channel, createDirectorySink(staging, place));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function mergeInto(source: string, target: string): void {
  for (const name of readdirSync(source)) {
    const from = join(source, name);
    const to = join(target, name);
    if (isDirectory(from) && isDirectory(to)) mergeInto(from, to);
    else {
      // A file may replace a file or a link; a whole directory is never removed for one.
      if (!isDirectory(to)) rmSync(to, { force: true });
      renameSync(from, to);
    }
  }
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
