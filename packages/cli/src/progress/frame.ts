import cliTruncate from 'cli-truncate';
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { showBytes } from '../show-bytes.ts';
import { showDuration } from './describe-step.ts';
import type { Screen, StepView } from './screen.ts';

export interface FrameOptions {
  /** Width of the terminal, in columns. */
  readonly columns: number;
  /** Height to stay within, in lines; without one every step is shown. */
  readonly rows?: number;
  readonly nowMs: number;
  readonly startedMs: number;
  readonly isColored: boolean;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const spinnerMs = 100;
/** Columns that a title keeps; where that leaves no room for more, there is only the title. */
const leastTitle = 16;

/** The screen as lines, none wider than the terminal. */
export function frame(screen: Screen, options: FrameOptions): readonly string[] {
  const head = row(headOf(screen), showDuration(options.nowMs - options.startedMs), options);
  const blocks = [...screen.steps.values()].map((step) => ({ step, lines: stepLines(step, options) }));
  const rest = [...transferLines(screen), ...screen.warnings.map((text) => ` ! ${text}`)].map((text) =>
    row(text, '', options),
  );
  if (options.rows === undefined) return [head, ...blocks.flatMap(({ lines }) => lines), ...rest];
  return [head, ...withinRows(blocks, rest, options.rows - 1, options)];
}

type Block = { readonly step: StepView; readonly lines: readonly string[] };

/** Leaves out what is least worth seeing: first the oldest finished steps, then what comes first. */
function withinRows(
  blocks: readonly Block[],
  rest: readonly string[],
  rows: number,
  options: FrameOptions,
): readonly string[] {
  const shownRest = rest.slice(0, Math.max(0, Math.floor(rows / 3)));
  const room = rows - shownRest.length;
  const lineCount = (some: readonly Block[]): number =>
    some.reduce((sum, { lines }) => sum + lines.length, 0);
  if (lineCount(blocks) <= room) return [...blocks.flatMap(({ lines }) => lines), ...shownRest];
  let excess = lineCount(blocks) - (room - 1);
  let hidden = 0;
  const kept = blocks.filter(({ step, lines }) => {
    if (excess <= 0 || step.status === 'running' || step.status === 'failed') return true;
    excess -= lines.length;
    hidden += 1;
    return false;
  });
  const note = hidden === 0 ? [] : [row(` … ${hidden} finished steps`, '', options)];
  const lines = kept.flatMap((block) => block.lines);
  return [...note, ...lines.slice(Math.max(0, lines.length - room + note.length)), ...shownRest];
}

function headOf({ steps, phase }: Screen): string {
  const views = [...steps.values()];
  const finished = views.filter(({ status }) => status !== 'running').length;
  const cached = views.filter(({ status }) => status === 'cached').length;
  const counts = `${finished} of ${views.length} steps${cached === 0 ? '' : `, ${cached} cached`}`;
  return ` ${phase} · ${counts}`;
}

function stepLines(step: StepView, options: FrameOptions): readonly string[] {
  const colors = createColors(options.isColored);
  const { status } = step;
  const turn = Math.floor((options.nowMs - options.startedMs) / spinnerMs) % spinner.length;
  const mark = {
    running: colors.cyan(spinner[turn] ?? '·'),
    cached: colors.green('✔'),
    done: colors.green('✔'),
    failed: colors.red('✘'),
  }[status];
  const time = rightOf(step, options.nowMs);
  const place = step.place === '' ? '' : `${colors.dim(step.place)}  `;
  const line = row(` ${mark} ${step.title}`, `${place}${time.padStart(6)}`, options);
  if (status !== 'running') return [line];
  return [
    line,
    ...step.tail.map((text) => colors.dim(row(`     ${text.replaceAll('\t', '  ')}`, '', options))),
  ];
}

function rightOf({ status, startedMs, durationMs, amount }: StepView, nowMs: number): string {
  if (status === 'cached') return 'cached';
  if (status !== 'running') return showDuration(durationMs);
  const done = amount === undefined || amount.current === 0 ? '' : `${showAmount(amount)}  `;
  return `${done}${showDuration(nowMs - startedMs)}`;
}

function showAmount({ current, total }: { readonly current: number; readonly total?: number }): string {
  return total === undefined || total === 0
    ? showBytes(current)
    : `${showBytes(current)} / ${showBytes(total)}`;
}

function transferLines({ transfers }: Screen): readonly string[] {
  return [...transfers].map(
    ([name, { sentBytes, totalBytes }]) =>
      ` ↑ ${name}  ${showAmount({ current: sentBytes, ...(totalBytes !== undefined && { total: totalBytes }) })}`,
  );
}

/** A line with `right` at the right edge; what is too long on the left is cut. */
function row(left: string, right: string, { columns }: FrameOptions): string {
  // The last column stays empty: a full line would wrap on some terminals.
  const width = Math.max(1, columns - 1);
  const room = width - stringWidth(right) - 2;
  if (right === '' || room < leastTitle) return shorten(left, width);
  const title = shorten(left, room);
  return `${title}${' '.repeat(room - stringWidth(title))}  ${right}`;
}

function shorten(text: string, width: number): string {
  return stringWidth(text) > width ? cliTruncate(text, width) : text;
}
