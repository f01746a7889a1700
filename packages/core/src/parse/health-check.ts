import { createHealthCheck, type HealthCheckNode } from '../ast/health-check.ts';
import { parseGoDuration } from '../util/durations.ts';
import { parseCommand } from './command.ts';
import { type FlagValues, readFlagValues } from './flag-values.ts';
import { baseOf, requireArguments, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

const known = {
  interval: 'text',
  timeout: 'text',
  'start-period': 'text',
  'start-interval': 'text',
  retries: 'text',
} as const;
const longestDuration = 2 ** 63;

/** @see https://docs.docker.com/reference/dockerfile/#healthcheck */
export function parseHealthCheck(statement: Statement): HealthCheckNode {
  requireArguments(statement);
  const [type = '', ...args] = statement.args;
  if (type.toUpperCase() === 'NONE') {
    if (args.length > 0) syntaxError('HEALTHCHECK NONE takes no arguments.', 'Leave them out.');
    return createHealthCheck(baseOf(statement));
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
  return createHealthCheck({
    ...baseOf(statement),
    command: parseCommand({ args, json: statement.json }),
    ...duration('interval', 'interval', flags),
    ...duration('timeout', 'timeout', flags),
    ...duration('startPeriod', 'start-period', flags),
    ...duration('startInterval', 'start-interval', flags),
    ...(retries === undefined ? {} : { retries }),
  });
}

function duration(
  field: 'interval' | 'timeout' | 'startPeriod' | 'startInterval',
  flag: string,
  flags: FlagValues,
): Partial<Record<typeof field, string>> {
  const text = flags.text(flag);
  if (text === undefined) return {};
  const nanoseconds = parseGoDuration(text);
  if (nanoseconds === undefined || Math.abs(nanoseconds) >= longestDuration) {
    syntaxError(`"${text}" is not a duration.`, 'Write it as 30s, 1m30s or 500ms.');
  }
  if (nanoseconds !== 0 && nanoseconds < 1e6) {
    syntaxError(`The duration "${text}" of "--${flag}" is shorter than 1ms.`, 'Use 0 for the default.');
  }
  return { [field]: text };
}

function readRetries(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const retries = /^[+-]?\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (retries >= 0 && retries < 2 ** 31) return retries;
  return syntaxError(`"${text}" is not a number of retries.`, 'Use a whole number, 0 for the default.');
}
