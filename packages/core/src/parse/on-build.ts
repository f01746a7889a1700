import type { InstructionNode } from '../ast/index.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import { createRaw } from '../ast/raw.ts';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import { freeze } from '../util/freeze.ts';
import { requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

const forbidden: ReadonlySet<string> = new Set(['ONBUILD', 'FROM', 'MAINTAINER']);

/**
 * A trigger that can't be understood is kept as raw text: BuildKit only refuses it when it fires.
 * @see https://docs.docker.com/reference/dockerfile/#onbuild
 */
export function parseOnBuild(
  statement: Statement,
  parseInstruction: (trigger: Statement) => InstructionNode,
): OnBuildNode {
  requireArguments(statement);
  const { trigger, rest } = statement;
  if (trigger === undefined || forbidden.has(trigger.name)) {
    syntaxError(
      `${trigger?.name ?? 'This'} can't be the trigger of an ONBUILD.`,
      'Use any other instruction.',
    );
  }
  const node = startNode<OnBuildNode>('OnBuild', statement);
  try {
    node.trigger = withoutComments(parseInstruction(trigger));
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
    node.trigger = createRaw({ text: rest });
  }
  return freeze(node);
}

/** The comments above belong to the ONBUILD. */
function withoutComments(node: InstructionNode): InstructionNode {
  const { comments: _, ...rest } = node;
  return freeze(rest);
}
