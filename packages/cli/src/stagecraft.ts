#!/usr/bin/env node
import { isStagecraftError } from '@stagecraft/core';
import { createProgram } from './program.ts';
import { errorDocument, showError } from './show-error.ts';

/** What the process ends with. */
function exitCodeOf(error: unknown): number {
  if (!isStagecraftError(error)) return 2;
  if (error.code === 'aborted') return 130;
  return error.code === 'build-failed' ? 1 : 2;
}

// A reader that stops early, such as head, is no error; the command ends with its own exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = createProgram();
program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
for (const command of program.commands)
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

try {
  await program.parseAsync();
} catch (error) {
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(errorDocument(error))}\n`);
  else process.stderr.write(`${showError(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
