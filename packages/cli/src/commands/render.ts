import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { RenderOptions } from '../render-image.ts';
import { fileArgument, profileOption, targetOption } from './shared-options.ts';

export function addRender(program: Command): void {
  program
    .command('render')
    .description('print the Dockerfile of an image')
    .addArgument(fileArgument())
    .option('-o, --output <file>', 'write the Dockerfile there instead of to stdout')
    .addOption(targetOption())
    .option('--json', 'print a JSON document')
    .addOption(profileOption())
    .addHelpText('after', '\nExample:\n  stagecraft render image.ts -o Dockerfile')
    .action(async (file: string, options: RenderOptions) => {
      const { renderImage } = await import('../render-image.ts');
      const text = await renderImage(file, options);
      if (options.output !== undefined) writeFileSync(options.output, text);
      else if (options.json === true)
        process.stdout.write(`${JSON.stringify({ schemaVersion: 1, dockerfile: text })}\n`);
      else process.stdout.write(text);
    });
}
