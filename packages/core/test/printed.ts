import { createDockerfile } from '../src/ast/dockerfile.ts';
import { createFrom } from '../src/ast/from.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createStage } from '../src/ast/stage.ts';
import type { EscapeToken } from '../src/ast/word.ts';
import { isStagecraftError, type StagecraftError } from '../src/errors/stagecraft-error.ts';
import { type PrintOptions, printDockerfile } from '../src/print/print-dockerfile.ts';

export interface PrintedOptions extends PrintOptions {
  /** Default: a backslash. */
  readonly escape?: EscapeToken;
}

/** What stands below `FROM alpine` in a file with these instructions. */
export function printed(
  nodes: InstructionNode | readonly InstructionNode[],
  options: PrintedOptions = {},
): string {
  const { escape: token = '\\', ...rest } = options;
  const from = createFrom({ base: { kind: 'image', image: 'alpine' } });
  const instructions = 'kind' in nodes ? [nodes] : nodes;
  const stages = [createStage({ from, instructions })];
  const { text } = printDockerfile(
    createDockerfile({ directives: [], escape: token, args: [], stages }),
    rest,
  );
  return text.slice(text.indexOf('FROM alpine\n') + 'FROM alpine\n'.length, -1);
}

/** Why these instructions can't be printed, each problem's message. */
export function refusals(
  nodes: InstructionNode | readonly InstructionNode[],
  options: PrintedOptions = {},
): readonly string[] {
  return problems(nodes, options).map(({ message }) => message);
}

/** The problems that printing these instructions meets. */
export function problems(
  nodes: InstructionNode | readonly InstructionNode[],
  options: PrintedOptions = {},
): readonly StagecraftError[] {
  try {
    printed(nodes, options);
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
    return error.problems.length === 0 ? [error] : error.problems;
  }
  return [];
}
