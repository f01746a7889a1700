import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialSocket } from './dial-socket.ts';

const path = (): string => join(tmpdir(), `stagecraft-dial-${randomBytes(4).toString('hex')}.sock`);

test('finds a connection that was made while the process was busy beyond the time for it', async () => {
  const address = { type: 'socket', path: path(), describe: 'a socket' } as const;
  const server = createServer().listen(address.path);
  await new Promise((resolve) => server.once('listening', resolve));
  const dialled = dialSocket(address, { connectTimeoutMs: 20 });
  await Promise.resolve();
  const busyUntil = Date.now() + 60;
  while (Date.now() < busyUntil);
  const socket = await dialled;
  expect(socket.readyState).toBe('open');
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
