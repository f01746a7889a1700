import type { BuildEvent, BuildStep } from '@stagecraft/core/build';
import { placeOf, showDuration, titleOf, workedMs } from './describe-step.ts';

/** A build as lines that are only ever appended, in the shape BuildKit's own plain progress has. */
export function createPlainProgress(write: (line: string) => void): (event: BuildEvent) => void {
  const steps = new Map<string, { readonly number: number; startedMs: number }>();
  const announce = (step: BuildStep, timeMs = 0): { readonly number: number; startedMs: number } => {
    const known = steps.get(step.id);
    if (known !== undefined) return known;
    const added = { number: steps.size + 1, startedMs: timeMs };
    steps.set(step.id, added);
    const place = placeOf(step);
    write(`#${added.number} ${titleOf(step)}${place === '' ? '' : `  (${place})`}`);
    return added;
  };
  const say = (step: BuildStep, text: string): void => write(`#${announce(step).number} ${text}`);
  return (event) => {
    if (event.type === 'started') announce(event.step, event.timeMs).startedMs = event.timeMs;
    else if (event.type === 'cached') say(event.step, 'CACHED');
    else if (event.type === 'log') {
      const { startedMs } = announce(event.step, event.timeMs);
      say(event.step, `${((event.timeMs - startedMs) / 1000).toFixed(3)} ${event.text}`);
    } else if (event.type === 'warning') write(`WARN: ${event.text}`);
    else if (event.type === 'failed') say(event.step, `ERROR: ${event.message}`);
    else if (event.type === 'completed') say(event.step, `DONE ${showDuration(workedMs(event.intervals))}`);
  };
}
