import { type Command, Option } from 'commander';
import type { GraphFormat } from '../graph-command.ts';
import { fileArgument, targetOption } from './shared-options.ts';

interface GraphOptions {
  readonly target?: string;
  readonly format: GraphFormat;
  readonly json?: boolean;
}

export function addGraph(program: Command): void {
  program
    .command('graph')
    .description('draw what is made from what')
    .addArgument(fileArgument())
    .addOption(targetOption())
    .addOption(
      new Option('--format <format>', 'what to write')
        .choices(['mermaid', 'dot', 'svg', 'json'])
        .default('mermaid'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nExample:\n  stagecraft graph image.ts --format svg > image.svg')
    .action(async (file: string, options: GraphOptions) => {
      const { drawGraph, stageGraph } = await import('../graph-command.ts');
      const { chooseImage, loadImages } = await import('../load-images.ts');
      const graph = stageGraph(chooseImage(await loadImages(file), options.target));
      process.stdout.write(await drawGraph(graph, options.json === true ? 'json' : options.format));
    });
}
