import type { WriteStream } from 'node:tty';
import type { BuildEvent } from '@stagecraft/core/build';
import { summary } from '@stagecraft/core/build';
import { showSummary } from './describe-step.ts';
import { createPlainProgress } from './plain-progress.ts';
import type { Progress, ProgressKind } from './progress.ts';

/** The progress of a build on stderr, except for `json`, whose events go to stdout a line each. */
export async function createProgress(kind: ProgressKind): Promise<Progress> {
  const chosen = kind === 'auto' ? automatic(process.stderr) : kind;
  if (chosen === 'quiet') return { show: () => {}, stopping: () => {}, end: () => {} };
  if (chosen === 'json')
    return {
      show: (event) => void process.stdout.write(`${JSON.stringify(event)}\n`),
      stopping: () => {},
      end: () => {},
    };
  if (chosen === 'plain') return plain();
  // Only a terminal needs the libraries that draw on one.
  const { createTerminalProgress } = await import('./terminal-progress.ts');
  return createTerminalProgress(process.stderr, isColored(process.stderr));
}

function plain(): Progress {
  const write = (line: string): void => void process.stderr.write(`${line}\n`);
  const show = createPlainProgress(write);
  const events: BuildEvent[] = [];
  const startedMs = Date.now();
  return {
    show(event) {
      // The output itself adds nothing to the figures, and may be long.
      if (event.type !== 'log') events.push(event);
      show(event);
    },
    stopping: () => write('stopping the build'),
    end(hasSucceeded) {
      if (hasSucceeded) write(showSummary(summary(events), Date.now() - startedMs));
    },
  };
}

/** What `BUILDKIT_PROGRESS` says, else a screen where there is one. */
function automatic(stream: WriteStream): Exclude<ProgressKind, 'auto'> {
  const wanted = process.env['BUILDKIT_PROGRESS'];
  if (wanted === 'plain' || wanted === 'tty' || wanted === 'quiet') return wanted;
  if (wanted === 'rawjson') return 'json';
  return stream.isTTY && process.env['TERM'] !== 'dumb' && process.env['CI'] === undefined ? 'tty' : 'plain';
}

function isColored(stream: WriteStream): boolean {
  if (process.env['NO_COLOR'] || process.argv.includes('--no-color')) return false;
  return stream.isTTY || Boolean(process.env['FORCE_COLOR']);
}
