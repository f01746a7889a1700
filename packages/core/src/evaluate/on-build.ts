import type { InstructionSource } from '../ast/node-base.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';

/** The trigger is kept as text and means nothing to the stage itself. */
export function evaluateOnBuild(node: OnBuildNode, { evaluation, state }: InstructionContext): void {
  const text = node.source === undefined ? evaluation.tools.writeTrigger?.(node) : triggerText(node.source);
  if (text === undefined) fail(`The text of an ONBUILD ${node.trigger.kind} is not known without a printer.`);
  state.image.onBuild = [...state.image.onBuild, text];
}

/** What an ONBUILD that was read stores in the image. */
export function triggerText({ args, heredocs }: InstructionSource): string {
  return [args[0] ?? '', ...heredocs.map(({ content, name }) => content + name)].join('\n');
}
