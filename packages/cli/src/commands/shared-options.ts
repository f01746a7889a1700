import { Argument, Option } from 'commander';

/** Options that can be given again. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [
  ...previous,
  value,
];

export function fileArgument(): Argument {
  return new Argument('[file]', 'the file that exports the image').default('image.ts');
}

export function targetOption(): Option {
  return new Option('--target <name>', 'which export, when there are several');
}

/** What the engine understands. */
export function profileOption(): Option {
  return new Option('--profile <profile>', 'what the engine understands')
    .choices(['modern', 'buildkit', 'classic'])
    .default('modern');
}
