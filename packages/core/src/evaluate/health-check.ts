import type { Command } from '../ast/command.ts';
import type { HealthCheckNode } from '../ast/health-check.ts';
import { commandText } from './command.ts';
import { parseDuration } from './durations.ts';
import type { Healthcheck } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';

const millisecond = 1e6;

/** SHELL has no say here: the engine adds its own shell when it runs a check in shell form. */
export function evaluateHealthCheck(node: HealthCheckNode, { state }: InstructionContext): void {
  const { command, retries = 0 } = node;
  if (retries < 0 || !Number.isInteger(retries)) {
    fail(`HEALTHCHECK --retries=${retries} is not valid.`, 'Use a whole number, 0 for the default.');
  }
  state.image.healthcheck = {
    Test: command === undefined ? ['NONE'] : testOf(command),
    ...option('Interval', node.interval),
    ...option('Timeout', node.timeout),
    ...option('StartPeriod', node.startPeriod),
    ...option('StartInterval', node.startInterval),
    ...(retries === 0 ? {} : { Retries: retries }),
  };
}

function testOf(command: Command): readonly string[] {
  return command.form === 'exec' ? ['CMD', ...command.argv] : ['CMD-SHELL', commandText(command)];
}

function option(
  name: Exclude<keyof Healthcheck, 'Test' | 'Retries'>,
  text: string | undefined,
): Partial<Healthcheck> {
  if (text === undefined) return {};
  const nanoseconds = parseDuration(text);
  if (nanoseconds === 0) return {};
  if (nanoseconds < millisecond)
    fail(`The HEALTHCHECK time "${text}" is shorter than 1ms.`, 'Use 0 for the default.');
  return { [name]: nanoseconds };
}
