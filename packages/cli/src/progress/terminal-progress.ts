import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import { frame } from './frame.ts';
import type { Progress } from './progress.ts';
import { createScreen, update } from './screen.ts';

/** How often the screen is drawn again, in milliseconds. Events in between cost no drawing. */
const redrawMs = 100;

/** A build as a screen that is drawn again and again; in the end every step stays, with what it took. */
export function createTerminalProgress(stream: WriteStream, isColored: boolean): Progress {
  const screen = createScreen();
  const startedMs = Date.now();
  const log = createLogUpdate(stream, { showCursor: false });
  const lines = (rows?: number): readonly string[] =>
    frame(screen, {
      // A terminal may not know its own width.
      columns: stream.columns || 80,
      ...(rows !== undefined && { rows }),
      nowMs: Date.now(),
      startedMs,
      isColored,
    });
  const draw = (): void => log(lines(Math.max(2, (stream.rows || 24) - 1)).join('\n'));
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  return {
    show: (event) => update(screen, event, Date.now()),
    stopping() {
      screen.phase = 'stopping';
      draw();
    },
    end(hasSucceeded) {
      screen.phase = hasSucceeded ? 'built' : 'not built';
      clearInterval(timer);
      log.clear();
      log.done();
      stream.write(`${lines().join('\n')}\n`);
    },
  };
}
