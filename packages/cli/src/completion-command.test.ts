import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { completionScript } from './completion-command.ts';
import { createProgram } from './program.ts';

/** What bash offers for a line, by running the script in bash. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${completionScript(createProgram(), 'bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stagecraft; echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
    .trim()
    .split(' ');
}

test('bash offers commands first, then the options of the command', () => {
  expect(offered('stagecraft', 're')).toEqual(['render']);
  expect(offered('stagecraft', 'render', '--pro')).toEqual(['--profile']);
  expect(offered('stagecraft', 'build', 'im')).toEqual(['']);
});

test('fish is told of every command with its description', () => {
  const script = completionScript(createProgram(), 'fish');
  for (const command of createProgram().commands) expect(script).toContain(` -f -a ${command.name()} -d '`);
});

test('zsh reads the same script through its bash mode', () => {
  expect(completionScript(createProgram(), 'zsh')).toMatch(
    /^#compdef stagecraft\nautoload -Uz bashcompinit/u,
  );
});
