import type { StopSignalNode } from '../ast/stop-signal.ts';
import { isSignal } from '../util/signals.ts';
import { printLineWord } from './line-word.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';

export function printStopSignal(node: StopSignalNode, context: PrintContext): string {
  const { signal } = node;
  if (typeof signal !== 'string' || signal === '' || isSignal(signal)) {
    return printLineWord('STOPSIGNAL', signal, context);
  }
  return refuse(
    context,
    `${quoteValue(signal)} is not a signal.`,
    'Use a name such as "SIGTERM", or a number.',
  );
}
