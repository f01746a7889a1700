import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The cases of one vector file: from the folder `CONFORMANCE_DIR` names, or from this project's own. */
export function readCases<Case extends { readonly id: string }>(file: string): readonly Case[] {
  const { CONFORMANCE_DIR: folder = join(import.meta.dirname, 'conformance') } = process.env;
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case);
}
