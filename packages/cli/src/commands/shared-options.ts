import { Option } from 'commander';

/** Options that can be given again. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [
  ...previous,
  value,
];

/** What the engine understands. */
export function profileOption(): Option {
  return new Option('--profile <profile>', 'what the engine understands')
    .choices(['modern', 'buildkit', 'classic'])
    .default('modern');
}
