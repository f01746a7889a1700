import type { Command } from 'commander';
import { fileArgument, targetOption } from './shared-options.ts';

interface ContextOptions {
  readonly context: string;
  readonly target?: string;
  readonly json?: boolean;
}

export function addContext(program: Command): void {
  program
    .command('context')
    .description('which files travel to the engine, and why')
    .addArgument(fileArgument())
    .option('--context <directory>', 'the build context', '.')
    .addOption(targetOption())
    .option('--json', 'print a JSON document')
    .action(async (file: string, options: ContextOptions) => {
      const { explainImage, showExplanation } = await import('../context-command.ts');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const image = chooseImage(await loadImages(file), options.target);
      const explanation = await explainImage(image, options.context);
      const document = { schemaVersion: 1, ...explanation };
      process.stdout.write(
        options.json === true ? `${JSON.stringify(document)}\n` : showExplanation(explanation),
      );
    });
}
