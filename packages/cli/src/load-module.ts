import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StagecraftError } from '@stagecraft/core';
import { createJiti } from 'jiti';

/**
 * What a TypeScript or JavaScript file exports; a name that is no file is one of an installed package.
 *
 * Throws `config-rejected` with the place of a syntax error; what the file throws itself comes through.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = existsSync(resolve(file)) ? resolve(file) : file;
  try {
    return await createJiti(join(process.cwd(), 'index.ts')).import<Readonly<Record<string, unknown>>>(path);
  } catch (cause) {
    // The loader tells the place of a syntax error only inside its sentence.
    const [, reason = '', broken = path, line, column] =
      /^ParseError: (.*?)\s*\n (.*):(\d+):(\d+)/su.exec(cause instanceof Error ? cause.message : '') ?? [];
    if (line === undefined) throw cause;
    throw new StagecraftError('config-rejected', `"${file}" has a syntax error: ${reason.trim()}.`, {
      hint: 'Mend the marked line; nothing was run.',
      where: { file: broken, line: Number(line), column: Number(column) },
      cause,
    });
  }
}
