import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** The connections of one build in a test's hands: it counts what passes, and cuts or blocks one of them. */
export interface FaultyLine {
  wrap(socket: Socket): Duplex;
  /** Bytes that came by on all connections, counted on. */
  readonly passed: { readonly up: number; readonly down: number };
}

export type Fault =
  | {
      readonly kind: 'cut' | 'half-close' | 'black-hole';
      readonly afterBytes: number;
      readonly direction: 'up' | 'down';
    }
  | { readonly kind: 'none' };

/** The fault hits the connection that carries the byte it is set for, once. */
export function createFaultyLine(fault: Fault, onFired: () => void = () => {}): FaultyLine {
  const state = { passed: { up: 0, down: 0 }, fired: false };
  return { wrap: (socket) => withFault(socket, fault, state, onFired), passed: state.passed };
}

function withFault(
  socket: Socket,
  fault: Fault,
  state: { readonly passed: { up: number; down: number }; fired: boolean },
  onFired: () => void,
): Duplex {
  let swallowing = false;
  const duplex = new Duplex({
    write(chunk: Buffer, _encoding, done) {
      pass('up', chunk, (allowed) => (allowed.length === 0 ? done() : socket.write(allowed, () => done())));
    },
    read() {
      socket.resume();
    },
    final(done) {
      if (!socket.destroyed) socket.end();
      done();
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  const pass = (direction: 'up' | 'down', chunk: Buffer, deliver: (allowed: Buffer) => void): void => {
    if (swallowing) {
      deliver(Buffer.alloc(0));
      return;
    }
    const before = state.passed[direction];
    state.passed[direction] += chunk.length;
    const reached =
      state.passed[direction] >= (fault.kind === 'none' ? Number.POSITIVE_INFINITY : fault.afterBytes);
    if (fault.kind === 'none' || fault.direction !== direction || !reached || state.fired) {
      deliver(chunk);
      return;
    }
    state.fired = true;
    onFired();
    deliver(chunk.subarray(0, Math.max(0, fault.afterBytes - before)));
    swallowing = true;
    if (fault.kind === 'cut') setImmediate(() => duplex.destroy());
    else if (fault.kind === 'half-close') {
      setImmediate(() => {
        duplex.push(null);
        socket.destroy();
      });
    }
  };
  socket.on('data', (chunk: Buffer) => {
    pass('down', chunk, (allowed) => {
      if (allowed.length > 0 && !duplex.push(allowed)) socket.pause();
    });
  });
  socket.on('end', () => {
    if (!swallowing) duplex.push(null);
  });
  socket.on('error', () => duplex.destroy());
  socket.on('close', () => {
    if (!(swallowing && fault.kind === 'black-hole')) duplex.destroy();
  });
  return duplex;
}
