import type { InstructionNode } from '../ast/index.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import type { EvaluationTools } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';

/** The trigger is kept as text and means nothing to the stage itself. */
export function evaluateOnBuild(node: OnBuildNode, { evaluation, state }: InstructionContext): void {
  state.image.onBuild = [...state.image.onBuild, triggerText(node, evaluation.tools)];
}

function triggerText(node: OnBuildNode, { printInstruction }: EvaluationTools): string {
  if (node.source !== undefined) {
    const bodies = node.source.heredocs.map(({ content, name }) => `\n${content}${name}`);
    return `${node.source.args[0] ?? ''}${bodies.join('')}`;
  }
  if (node.trigger.kind === 'Raw') return node.trigger.text;
  return printInstruction?.(node.trigger) ?? needsPrinter(node.trigger);
}

function needsPrinter(trigger: InstructionNode): never {
  return fail(`The text of an ONBUILD trigger of kind "${trigger.kind}" is not known without a printer.`);
}
