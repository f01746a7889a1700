import type { Command } from 'commander';

export function addJson(program: Command): void {
  program
    .command('json')
    .description('print the stage graph as JSON')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('--target <name>', 'which export, when there are several')
    .option('--json', 'changes nothing: the graph is always JSON')
    .action(async (file: string, options: { readonly target?: string }) => {
      const { toJSON } = await import('@stagecraft/core');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const image = chooseImage(await loadImages(file), options.target);
      process.stdout.write(`${JSON.stringify(toJSON(image), undefined, 2)}\n`);
    });
}
