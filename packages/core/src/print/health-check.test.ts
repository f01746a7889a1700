import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createHealthCheck, type HealthCheckNode } from '../ast/health-check.ts';

const check = (fields: Omit<HealthCheckNode, 'kind'>) => createHealthCheck(fields);
const exec = { form: 'exec', argv: ['/app', '--health'] } as const;
const shell = (text: string) => ({ form: 'shell', commands: [text] }) as const;

test.each([
  [check({}), 'HEALTHCHECK NONE'],
  [check({ command: exec }), 'HEALTHCHECK CMD ["/app", "--health"]'],
  [check({ command: shell('curl -f x || exit 1') }), 'HEALTHCHECK CMD curl -f x || exit 1'],
  [check({ command: shell('a <<EOF') }), 'HEALTHCHECK CMD a <<EOF'],
  [check({ command: shell('--x') }), 'HEALTHCHECK CMD --x'],
  [
    check({
      command: exec,
      interval: '30s',
      timeout: '1m30s',
      startPeriod: '0',
      startInterval: '1.5s',
      retries: 3,
    }),
    'HEALTHCHECK --interval=30s --timeout=1m30s --start-period=0 --start-interval=1.5s --retries=3 CMD ["/app", "--health"]',
  ],
])('prints %j', (node, line) => {
  expect(printed(node)).toBe(line);
});

test.each([
  [check({ command: exec, interval: '5' }), '"5" is not a duration for "--interval".'],
  [check({ command: exec, interval: '-1s' }), '"-1s" is not a duration for "--interval".'],
  [check({ command: exec, timeout: '999us' }), '"999us" is not a duration for "--timeout".'],
  [check({ command: exec, retries: -1 }), '"-1" is not a number of retries.'],
  [check({ command: exec, retries: 1.5 }), '"1.5" is not a number of retries.'],
  [check({ interval: '1s' }), 'HEALTHCHECK NONE takes no options.'],
  [check({ command: { form: 'exec', argv: [] } }), 'HEALTHCHECK has an empty array.'],
  [check({ command: shell('a\nb') }), String.raw`HEALTHCHECK cannot hold the command "a\nb".`],
  [check({ command: shell('["a"]') }), 'HEALTHCHECK cannot hold the command "["a"]".'],
  [check({ command: shell(' a') }), 'HEALTHCHECK cannot hold the command " a".'],
])('refuses %j', (node, message) => {
  expect(refusals(node)).toEqual([message]);
});
