import { createConnection } from 'node:net';
import type { Agent } from './agent.ts';
import { createAgentFramer } from './agent-framer.ts';
import { wireBytes } from './wire.ts';

/** A running agent. Rejects when nothing listens on the socket. */
export async function openSocketAgent(path: string): Promise<Agent> {
  const socket = createConnection(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const waiting: { resolve(reply: Uint8Array): void; reject(error: Error): void }[] = [];
  const frames = createAgentFramer();
  const fail = (error: Error): void => {
    socket.destroy();
    for (const waiter of waiting.splice(0)) waiter.reject(error);
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The ssh agent closed the connection.')));
  socket.on('data', (chunk) => {
    try {
      for (const reply of frames(chunk)) waiting.shift()?.resolve(reply);
    } catch (error) {
      fail(error as Error);
    }
  });
  return {
    close: () => socket.destroy(),
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The ssh agent closed the connection.'));
        waiting.push({ resolve, reject });
        socket.write(wireBytes(request));
      }),
  };
}
