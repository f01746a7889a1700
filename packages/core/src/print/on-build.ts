import type { InstructionNode } from '../ast/index.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import { type PrintContext, refuse } from './print-context.ts';
import { isTooLong } from './wrap-line.ts';

export function printOnBuild(
  { trigger }: OnBuildNode,
  context: PrintContext,
  print: (node: InstructionNode, context: PrintContext) => string,
): string {
  if (trigger.kind === 'OnBuild' || trigger.kind === 'Maintainer') {
    return refuse(
      context,
      'ONBUILD cannot hold ONBUILD or MAINTAINER.',
      'Use another instruction as the trigger.',
    );
  }
  const text = print(trigger, { ...context, shell: context.triggerShell });
  if (trigger.kind === 'Shell') context.triggerShell = trigger.argv;
  checkTrigger(trigger, text, context, print);
  return `ONBUILD ${text}`;
}

/** A trigger is kept as one line of text and read again later, with a backslash as its escape token. */
function checkTrigger(
  trigger: InstructionNode,
  text: string,
  context: PrintContext,
  print: (node: InstructionNode, context: PrintContext) => string,
): void {
  if (isTooLong(text)) {
    refuse(
      context,
      'An ONBUILD trigger is longer than 65,000 bytes.',
      'Put the text in a file and copy that.',
    );
  }
  if (context.escape === '\\') return;
  const flat: PrintContext = { ...context, lineWidth: Number.POSITIVE_INFINITY, problems: [] };
  if (print(trigger, flat) === print(trigger, { ...flat, escape: '\\' })) return;
  refuse(
    context,
    'An ONBUILD trigger that needs escapes cannot be written under "# escape=`".',
    'Use text without quotes, backslashes and "$" in it, or a backslash as the escape token.',
  );
}
