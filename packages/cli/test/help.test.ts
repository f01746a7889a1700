import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../src/program.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name}.txt`);
const program = createProgram();
const commands = program.commands.map((command) => command.name());

/** What `--help` prints: the text below the options included. */
async function helpOf(args: readonly string[]): Promise<string> {
  const parts: string[] = [];
  const fresh = createProgram();
  for (const command of [fresh, ...fresh.commands]) {
    command
      .configureOutput({ writeOut: (part) => void parts.push(part), getOutHelpWidth: () => 100 })
      .exitOverride();
  }
  await expect(fresh.parseAsync([...args, '--help'], { from: 'user' })).rejects.toMatchObject({
    exitCode: 0,
  });
  return parts.join('');
}

test('the help of the command itself', async () => {
  await expect(await helpOf([])).toMatchFileSnapshot(golden('help'));
});

test.each(commands)('the help of %s', async (name) => {
  await expect(await helpOf([name])).toMatchFileSnapshot(golden(`help-${name}`));
});
