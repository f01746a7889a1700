import type { StopSignalNode } from '../ast/stop-signal.ts';
import { isSignal } from '../util/signals.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';

export function evaluateStopSignal(node: StopSignalNode, { state, expand }: InstructionContext): void {
  const signal = expand(node.signal);
  if (!isSignal(signal))
    fail(`STOPSIGNAL "${signal}" is no signal.`, 'Use a number or a name such as SIGTERM.');
  state.image.stopSignal = signal;
}
