import { readFileSync, writeFileSync } from 'node:fs';
import { StagecraftError } from '@stagecraft/core';

/** The text of a file. Throws `config-rejected` when it can't be read. */
export function readText(path: string, hint = 'Name a file that exists and that you may read.'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StagecraftError('config-rejected', `"${path}" can't be read.`, { hint, cause });
  }
}

/** Writes a file that is not there yet. Throws `output-failed` when it is. */
export function writeNew(path: string, text: string, hint = 'Name a new file with -o.'): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    throw new StagecraftError('output-failed', `"${path}" can't be written, or is there already.`, {
      hint: `${hint} Nothing is overwritten.`,
      cause,
    });
  }
}

/** Works in this directory from now on. Throws `invalid-options` when it can't be entered. */
export function enterDirectory(directory: string): void {
  try {
    process.chdir(directory);
  } catch (cause) {
    throw new StagecraftError('invalid-options', `"${directory}" is no directory to work in.`, {
      hint: 'Give --cwd a directory that exists.',
      cause,
    });
  }
}
