import type { Command } from 'commander';
import { fileArgument, targetOption } from './shared-options.ts';

export function addJson(program: Command): void {
  program
    .command('json')
    .description('print the stage graph as JSON')
    .addArgument(fileArgument())
    .addOption(targetOption())
    .option('--json', 'changes nothing: the graph is always JSON')
    .action(async (file: string, options: { readonly target?: string }) => {
      const { toJSON } = await import('@stagecraft/core');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const image = chooseImage(await loadImages(file), options.target);
      process.stdout.write(`${JSON.stringify(toJSON(image), undefined, 2)}\n`);
    });
}
