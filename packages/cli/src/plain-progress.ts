import type { BuildEvent, BuildStep } from '@stagecraft/core/build';

/** A build as lines that are only ever appended, in the shape BuildKit's own plain progress has. */
export function createPlainProgress(write: (line: string) => void): (event: BuildEvent) => void {
  const numbers = new Map<string, number>();
  const announce = (step: BuildStep): string => {
    const known = numbers.get(step.id);
    const number = known ?? numbers.size + 1;
    if (known === undefined) {
      numbers.set(step.id, number);
      const where =
        step.where === undefined ? '' : `  (${step.where.file?.split('/').at(-1) ?? ''}:${step.where.line})`;
      write(`#${number} ${step.name}${where}`);
    }
    return `#${number}`;
  };
  return (event) => {
    if (event.type === 'started') announce(event.step);
    else if (event.type === 'cached') write(`${announce(event.step)} CACHED`);
    else if (event.type === 'log') write(`${announce(event.step)} ${event.text}`);
    else if (event.type === 'warning') write(`WARN: ${event.text}`);
    else if (event.type === 'failed') write(`${announce(event.step)} ERROR: ${event.message}`);
    else if (event.type === 'completed') write(`${announce(event.step)} DONE ${seconds(event)}`);
  };
}

function seconds({ intervals }: Extract<BuildEvent, { type: 'completed' }>): string {
  const total = intervals.reduce(
    (sum, { startedMs, completedMs = startedMs }) => sum + completedMs - startedMs,
    0,
  );
  return `${(total / 1000).toFixed(1)}s`;
}
