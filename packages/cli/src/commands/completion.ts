import { Argument, type Command } from 'commander';
import type { Shell } from '../completion-command.ts';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .option('--json', 'print a JSON document')
    .addHelpText('after', '\nExample, in ~/.bashrc:\n  source <(stagecraft completion bash)')
    .action(async (shell: Shell, options: { readonly json?: boolean }) => {
      const { completionScript } = await import('../completion-command.ts');
      const script = completionScript(program, shell);
      process.stdout.write(
        options.json === true ? `${JSON.stringify({ schemaVersion: 1, shell, script })}\n` : script,
      );
    });
}
