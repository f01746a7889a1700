import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createExpose } from '../ast/expose.ts';
import { createExpansion } from '../ast/word.ts';

test.each(['80', '80/tcp', '53/UDP', '8000-8010', '8000-8010/sctp', '127.0.0.1:80:80', '0'])(
  'writes the port %j',
  (port) => {
    expect(printed(createExpose({ ports: [port] }))).toBe(`EXPOSE ${port}`);
  },
);

test('writes several ports and variables', () => {
  const variable = createExpansion([{ kind: 'Variable', name: 'PORT' }, '/udp']);
  expect(printed(createExpose({ ports: ['80', variable] }))).toBe('EXPOSE 80 ${PORT}/udp');
});

test.each(['80/quic', '65536', '2-1', 'http', '', '80 81', '80\n'])('refuses the port %j', (port) => {
  expect(refusals(createExpose({ ports: [port] }))).toEqual([
    `EXPOSE cannot have the port ${JSON.stringify(port)}.`,
  ]);
});

test('refuses no ports at all', () => {
  expect(refusals(createExpose({ ports: [] }))).toEqual(['EXPOSE has no ports.']);
});
