#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

// A reader that stops early, such as head, is no error; the command ends with its own exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const wantsDocument = process.argv.includes('--json');
try {
  await createProgram().parseAsync();
} catch (error) {
  await fail(error);
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof CommanderError && error.exitCode === 0) return;
  const { errorDocument, exitCodeOf, showError, usageError } = await import('./show-error.ts');
  process.exitCode = exitCodeOf(error);
  // Without a command the help was shown already.
  if (error instanceof CommanderError && error.code === 'commander.help') return;
  const shown = error instanceof CommanderError ? usageError(error.message) : error;
  if (wantsDocument) process.stdout.write(`${JSON.stringify(errorDocument(shown))}\n`);
  else process.stderr.write(`${showError(shown)}\n`);
}
