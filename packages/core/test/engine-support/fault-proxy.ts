import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What happens once so many bytes have passed in both directions together. */
export interface Fault {
  readonly afterBytes: number;
  /**
   * `destroy` and `half-close` hit the connection that reaches the limit, `swallow-one` makes only it silent,
   * `swallow-all` makes the whole address silent, as a network that is gone.
   */
  readonly kind: 'destroy' | 'half-close' | 'swallow-one' | 'swallow-all' | 'none';
}

export interface FaultProxy {
  readonly address: string;
  readonly passedBytes: number;
  /** Whether the fault has struck. */
  readonly fired: boolean;
  close(): Promise<void>;
}

let counter = 0;

/** A socket of its own in front of the daemon, so that no connection without the fault can be reused. */
export async function startFaultProxy(target: string, fault: Fault): Promise<FaultProxy> {
  counter += 1;
  const path = join(tmpdir(), `stagecraft-fault-${process.pid}-${counter}.sock`);
  const sockets = new Set<Socket>();
  const state = { passedBytes: 0, fired: false };
  const server = createServer((client) => {
    const upstream = connect(target);
    const silent = { value: false };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        if (!silent.value && !(state.fired && fault.kind === 'swallow-all')) {
          client.destroy();
          upstream.destroy();
        }
      });
    }
    const pump = (from: Socket, to: Socket): void => {
      from.on('data', (chunk: Buffer) => {
        if (silent.value || (state.fired && fault.kind === 'swallow-all')) return;
        const left = fault.kind === 'none' ? Number.POSITIVE_INFINITY : fault.afterBytes - state.passedBytes;
        state.passedBytes += Math.min(chunk.length, Math.max(0, left));
        if (state.fired || chunk.length < left) {
          if (!to.write(chunk)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
          return;
        }
        state.fired = true;
        to.write(chunk.subarray(0, left));
        if (fault.kind === 'destroy') {
          client.destroy();
          upstream.destroy();
        } else if (fault.kind === 'half-close') to.end();
        else silent.value = true;
      });
      from.on('end', () => {
        if (!silent.value && !(state.fired && fault.kind === 'swallow-all')) to.end();
      });
    };
    pump(client, upstream);
    pump(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    address: `unix://${path}`,
    get passedBytes() {
      return state.passedBytes;
    },
    get fired() {
      return state.fired;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(path, { force: true });
    },
  };
}
