import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseDockerfile, StagecraftError, toTypeScript } from '@stagecraft/core';
import { readText, writeNew } from './files.ts';
import { type Proposal, proposeImage } from './propose-image.ts';

export interface InitOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly from?: string;
  readonly json?: boolean;
}

/** What was written. */
export interface Written extends Proposal {
  /** The ignore file, where there was none. */
  readonly ignoreFile?: string;
}

/**
 * Proposes an image file for the directory it is in, asks at a terminal, and writes it, with a `.dockerignore` where there is
 * none. Undefined when declined.
 */
export async function runInit(file: string, options: InitOptions): Promise<Written | undefined> {
  if (existsSync(file) && options.force !== true) {
    throw new StagecraftError('output-failed', `"${file}" is there already.`, {
      hint: 'Name another file, or overwrite it with --force.',
    });
  }
  const proposal = proposalFor(dirname(file), options.from);
  const ignoreFile = join(dirname(file), '.dockerignore');
  const ignores = proposal.ignore !== undefined && !existsSync(ignoreFile);
  const files = ignores ? [file, ignoreFile] : [file];
  if (asks(options) && !(await isWanted(files, proposal))) return undefined;
  if (options.force === true) writeFileSync(file, proposal.text);
  else writeNew(file, proposal.text, 'Name another file.');
  if (!ignores) return proposal;
  // The image file says how the image is made; that it changed is no reason to build again.
  writeNew(ignoreFile, `${basename(file)}\n${proposal.ignore}`);
  return { ...proposal, ignoreFile };
}

function proposalFor(directory: string, from: string | undefined): Proposal {
  const beside = join(directory, 'Dockerfile');
  const dockerfile = from ?? (existsSync(beside) ? beside : undefined);
  if (dockerfile === undefined) return proposeImage(directory);
  const text = toTypeScript(parseDockerfile(readText(dockerfile), { file: dockerfile }));
  return { preset: 'Dockerfile', because: dockerfile, text };
}

function asks({ yes, json }: InitOptions): boolean {
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return yes !== true && json !== true && isTerminal && (process.env['CI'] ?? '') === '';
}

async function isWanted(files: readonly string[], { text }: Proposal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(`${text}\n`);
    const [file, ignoreFile] = files;
    const also = ignoreFile === undefined ? '' : `, and what never travels to "${ignoreFile}"`;
    return !/^n/iu.test((await terminal.question(`Write this to "${file}"${also}? [Y/n] `)).trim());
  } finally {
    terminal.close();
  }
}
