import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { BuildEngine } from '../../build/engine.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';
import { createBuildkitEngine } from './engine.ts';
import type { BuildkitEngineOptions } from './engine-options.ts';

/** Where a buildkitd listens. */
export interface BuildkitOptions extends Pick<BuildkitEngineOptions, 'credentials' | 'load'> {
  /** `unix:///run/buildkit/buildkitd.sock` or `tcp://builder.example.com:1234`. Default: the first of these. */
  readonly address?: string;
  /** Certificates for a tcp address, in PEM form. With them the connection is encrypted and both sides prove who they are. */
  readonly tls?: BuildkitTls;
  /** Default: `buildkit`. */
  readonly name?: string;
}

export interface BuildkitTls {
  /** Certificates that may have signed the engine's. Default: those of the system. */
  readonly ca?: string | Uint8Array;
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  /** The name the engine's certificate must have. Default: the host of the address. */
  readonly serverName?: string;
}

const defaultAddress = 'unix:///run/buildkit/buildkitd.sock';

/**
 * A BuildKit daemon of its own, on this machine or another one.
 *
 * Throws `invalid-options` for an address it can't read. See https://github.com/moby/buildkit.
 *
 * @example
 * const engine = buildkit({ address: 'tcp://builder.example.com:1234', tls: { ca, cert, key } });
 * await build(image, { context: '.', engine, outputs: [{ type: 'push' }], tags: ['registry.example.com/calc:1'] });
 */
export function buildkit(options: BuildkitOptions = {}): BuildEngine {
  const address = readAddress(options.address ?? defaultAddress);
  const { tls, credentials, load } = options;
  if (tls !== undefined && address.kind === 'unix') {
    throw new StagecraftError('invalid-options', 'A unix socket takes no certificates.', {
      hint: 'Remove "tls", or give a "tcp://" address.',
    });
  }
  const dial = address.kind === 'unix' ? dialUnix(address.path) : dialTcp(address.host, address.port, tls);
  return createBuildkitEngine({
    name: options.name ?? 'buildkit',
    docker: false,
    dial,
    ...(tls === undefined || address.kind === 'unix'
      ? {}
      : { authority: `https://${tls.serverName ?? address.host}` }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(load === undefined ? {} : { load }),
  });
}

type Address =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

function readAddress(address: string): Address {
  if (address.startsWith('unix://') && address.length > 'unix://'.length) {
    return { kind: 'unix', path: address.slice('unix://'.length) };
  }
  const match = /^tcp:\/\/(?:\[([\da-f:.]+)\]|([^/:@\s]+)):(\d{1,5})\/?$/iu.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new StagecraftError('invalid-options', `The BuildKit address "${address}" can't be read.`, {
      hint: 'Write "unix:///path/to/buildkitd.sock" or "tcp://host:port".',
    });
  }
  return { kind: 'tcp', host, port };
}

function dialUnix(path: string): (signal: AbortSignal) => Promise<Duplex> {
  return (signal) => established(createConnection(path), 'connect', signal);
}

function dialTcp(
  host: string,
  port: number,
  tls: BuildkitTls | undefined,
): (signal: AbortSignal) => Promise<Duplex> {
  if (tls === undefined) return (signal) => established(createConnection({ host, port }), 'connect', signal);
  const pem = (value: string | Uint8Array | undefined): string | Buffer | undefined =>
    typeof value === 'string' || value === undefined ? value : Buffer.from(value);
  return (signal) => {
    const socket = connectTls({
      host,
      port,
      ALPNProtocols: ['h2'],
      minVersion: 'TLSv1.2',
      ca: pem(tls.ca),
      cert: pem(tls.cert),
      key: pem(tls.key),
      // A name is sent to the server only where it is one: addresses are not allowed there.
      ...(/^[\d.]+$|:/u.test(tls.serverName ?? host) ? {} : { servername: tls.serverName ?? host }),
    });
    return established(socket, 'secureConnect', signal);
  };
}

function established(socket: Duplex, event: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', reject);
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
