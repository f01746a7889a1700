import { type Command, Option } from 'commander';
import type { LintCommandOptions } from '../lint-command.ts';
import { collect } from './shared-options.ts';

export function addLint(program: Command): void {
  program
    .command('lint')
    .description('what is wrong with images or Dockerfiles')
    .argument('[files...]', 'files that export images, and Dockerfiles', ['image.ts'])
    .addOption(
      new Option('--format <format>', 'how to say it')
        .choices(['pretty', 'json', 'sarif', 'github'])
        .default('pretty'),
    )
    .option('--json', 'the same as --format json')
    .option('--fix', 'mend Dockerfiles in place, where that is safe')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(['info', 'warning', 'error'])
        .default('warning'),
    )
    .option('--policy <module>', 'a file or package whose default export is a policy')
    .option('--off <rule>', 'silence a rule; can be given again', collect, [])
    .addHelpText('after', '\nExamples:\n  stagecraft lint image.ts\n  stagecraft lint --fix Dockerfile')
    .action(async (files: readonly string[], options: LintCommandOptions) => {
      const { runLint } = await import('../lint-command.ts');
      const { text, failed } = await runLint(files, options);
      process.stdout.write(text);
      if (failed) process.exitCode = 1;
    });
}
