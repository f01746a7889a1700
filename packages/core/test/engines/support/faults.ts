import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A connection in a test's hands: it counts what passes and can be cut or blocked. */
export interface FaultyConnection {
  readonly duplex: Duplex;
  /** Bytes that came by, counted on. */
  readonly passed: { readonly up: number; readonly down: number };
  /** Whether the fault has happened. */
  readonly fired: () => boolean;
}

export type Fault =
  | {
      readonly kind: 'cut' | 'half-close' | 'black-hole';
      readonly afterBytes: number;
      readonly direction: 'up' | 'down';
    }
  | { readonly kind: 'none' };

/** Wraps `socket` so that the fault happens at the byte it is set for. */
export function withFault(socket: Socket, fault: Fault, onFired: () => void = () => {}): FaultyConnection {
  const counts = { up: 0, down: 0 };
  let fired = false;
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
    const before = counts[direction];
    counts[direction] += chunk.length;
    if (fault.kind === 'none' || fault.direction !== direction || counts[direction] < fault.afterBytes) {
      deliver(chunk);
      return;
    }
    fired = true;
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
  return { duplex, fired: () => fired, passed: counts };
}
