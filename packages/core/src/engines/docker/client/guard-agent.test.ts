import { Agent } from 'node:http';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { watchAgent } from './guard-agent.ts';

test('shows nothing of the connections it holds, however deep it is looked at', () => {
  const agent = Object.assign(new Agent(), { password: 'hunter2' });
  expect(inspect({ agent }, { showHidden: true, depth: null })).toContain('hunter2');
  const watched = watchAgent(agent, () => {});
  expect(inspect({ agent: watched }, { showHidden: true, depth: null })).toBe('{ agent: [Agent] }');
});
