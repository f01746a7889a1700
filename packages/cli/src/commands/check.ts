import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { RenderOptions } from '../render-image.ts';
import { fileArgument, profileOption, targetOption } from './shared-options.ts';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('is the committed Dockerfile still what the code says?')
    .addArgument(fileArgument())
    .option('-o, --output <file>', 'the committed Dockerfile; default: Dockerfile beside the file')
    .addOption(targetOption())
    .option('--json', 'print a JSON document')
    .addOption(profileOption())
    .addHelpText('after', '\nExample, in CI:\n  stagecraft check image.ts')
    .action(async (file: string, options: RenderOptions) => {
      const { checkImage } = await import('../check-image.ts');
      const path = options.output ?? join(dirname(file), 'Dockerfile');
      const { isCurrent, diff } = await checkImage(file, path, options);
      if (options.json === true) {
        const document = { schemaVersion: 1, file: path, isCurrent, ...(isCurrent ? {} : { diff }) };
        process.stdout.write(`${JSON.stringify(document)}\n`);
      } else if (!isCurrent) {
        process.stderr.write(`"${path}" is not what "${file}" says.\n${diff}`);
        process.stderr.write(`To update it: stagecraft render ${file} -o ${path}\n`);
      }
      if (!isCurrent) process.exitCode = 1;
    });
}
