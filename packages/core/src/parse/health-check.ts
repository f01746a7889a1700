import type { HealthCheckNode } from '../ast/health-check.ts';
import { parseGoDuration } from '../util/durations.ts';
import { freeze } from '../util/freeze.ts';
import { parseCommand } from './command.ts';
import { type FlagValues, readFlagValues } from './flag-values.ts';
import { requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

const known = {
  interval: 'text',
  timeout: 'text',
  'start-period': 'text',
  'start-interval': 'text',
  retries: 'text',
} as const;
const durations = [
  ['interval', 'interval'],
  ['timeout', 'timeout'],
  ['startPeriod', 'start-period'],
  ['startInterval', 'start-interval'],
] as const;
const longestDuration = 2 ** 63;

/** @see https://docs.docker.com/reference/dockerfile/#healthcheck */
export function parseHealthCheck(statement: Statement): HealthCheckNode {
  requireArguments(statement);
  const [type = '', ...args] = statement.args;
  if (type.toUpperCase() === 'NONE') {
    if (args.length > 0) syntaxError('HEALTHCHECK NONE takes no arguments.', 'Leave them out.');
    return freeze(startNode<HealthCheckNode>('HealthCheck', statement));
  }
  const flags = readFlagValues(statement, known);
  if (type.toUpperCase() !== 'CMD') {
    syntaxError(
      `"${type}" is no type of HEALTHCHECK.`,
      'Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.',
    );
  }
  if (args.length === 0) syntaxError('HEALTHCHECK CMD has no command.', 'Name the command to run.');
  const retries = readRetries(flags.text('retries'));
  const node = startNode<HealthCheckNode>('HealthCheck', statement);
  node.command = parseCommand({ args, json: statement.json });
  for (const [field, flag] of durations) {
    const text = readDuration(flag, flags);
    if (text !== undefined) node[field] = text;
  }
  if (retries !== undefined) node.retries = retries;
  return freeze(node);
}

function readDuration(flag: string, flags: FlagValues): string | undefined {
  const text = flags.text(flag);
  if (text === undefined) return undefined;
  const nanoseconds = parseGoDuration(text);
  if (nanoseconds === undefined || Math.abs(nanoseconds) >= longestDuration) {
    syntaxError(`"${text}" is not a duration.`, 'Write it as 30s, 1m30s or 500ms.');
  }
  if (nanoseconds !== 0 && nanoseconds < 1e6) {
    syntaxError(`The duration "${text}" of "--${flag}" is shorter than 1ms.`, 'Use 0 for the default.');
  }
  return text;
}

function readRetries(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const retries = /^[+-]?\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (retries >= 0 && retries < 2 ** 31) return retries;
  return syntaxError(`"${text}" is not a number of retries.`, 'Use a whole number, 0 for the default.');
}
