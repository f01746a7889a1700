import type { Command } from '../ast/command.ts';
import type { HealthCheckNode } from '../ast/health-check.ts';
import { wordText } from '../ast/word-text.ts';
import { parseGoDuration } from '../util/durations.ts';
import { joinCommands } from './command.ts';
import { printArgv } from './json-array.ts';
import { spaced } from './layout.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isPlainText } from './shell-text.ts';

export function printHealthCheck(node: HealthCheckNode, context: PrintContext): string {
  if (node.command === undefined) return printNone(node, context);
  return spaced(
    'HEALTHCHECK',
    duration('interval', node.interval, context),
    duration('timeout', node.timeout, context),
    duration('start-period', node.startPeriod, context),
    duration('start-interval', node.startInterval, context),
    retries(node.retries, context),
    'CMD',
    printTest(node.command, context),
  );
}

function printNone(node: HealthCheckNode, context: PrintContext): string {
  const { interval, timeout, startPeriod, startInterval, retries: count } = node;
  if ([interval, timeout, startPeriod, startInterval, count].every((option) => option === undefined)) {
    return 'HEALTHCHECK NONE';
  }
  return refuse(context, 'HEALTHCHECK NONE takes no options.', 'Leave the options out, or name a command.');
}

function duration(name: string, text: string | undefined, context: PrintContext): string {
  if (text === undefined) return '';
  const nanoseconds = parseGoDuration(text);
  if (nanoseconds === 0 || (nanoseconds !== undefined && nanoseconds >= 1e6)) return `--${name}=${text}`;
  return refuse(
    context,
    `${quoteValue(text)} is not a duration for "--${name}".`,
    'Use "30s" or "1m30s"; 0, or at least 1ms.',
  );
}

function retries(count: number | undefined, context: PrintContext): string {
  if (count === undefined) return '';
  if (Number.isSafeInteger(count) && count >= 0) return `--retries=${count}`;
  return refuse(
    context,
    `"${count}" is not a number of retries.`,
    'Use a whole number; 0 means the default.',
  );
}

/** Text is stored as it is, without the SHELL, so no array can stand for it. */
function printTest(command: Command, context: PrintContext): string {
  if (command.form === 'exec') {
    if (command.argv.length === 0)
      refuse(context, 'HEALTHCHECK has an empty array.', 'Name the program to run.');
    return printArgv(command.argv, context, 'HEALTHCHECK argument');
  }
  const text =
    command.form === 'script' ? wordText(command.body) : joinCommands(command, context, 'HEALTHCHECK');
  if (isPlainText(text, context.escape)) return text;
  return refuse(
    context,
    `HEALTHCHECK cannot hold the command ${quoteValue(text)}.`,
    'Write it on one line, or pass an array such as ["sh", "-c", "…"].',
  );
}
