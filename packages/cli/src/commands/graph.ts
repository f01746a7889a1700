import { type Command, Option } from 'commander';

interface GraphOptions {
  readonly target?: string;
  readonly format: 'mermaid' | 'dot' | 'json';
  readonly json?: boolean;
}

export function addGraph(program: Command): void {
  program
    .command('graph')
    .description('draw what is made from what')
    .argument('[file]', 'the file that exports the image', 'image.ts')
    .option('--target <name>', 'which export, when there are several')
    .addOption(
      new Option('--format <format>', 'what to write').choices(['mermaid', 'dot', 'json']).default('mermaid'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nExample:\n  stagecraft graph image.ts --format dot | dot -Tsvg > image.svg')
    .action(async (file: string, options: GraphOptions) => {
      const { stageGraph, toDot, toMermaid } = await import('../graph-command.ts');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const graph = stageGraph(chooseImage(await loadImages(file), options.target));
      const format = options.json === true ? 'json' : options.format;
      const document = `${JSON.stringify({ schemaVersion: 1, ...graph })}\n`;
      process.stdout.write(format === 'json' ? document : format === 'dot' ? toDot(graph) : toMermaid(graph));
    });
}
