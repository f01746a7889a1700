import { readFile } from 'node:fs/promises';
import { connect, isIP, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineAddress } from './address.ts';
import { unreachable } from './unreachable.ts';

export interface DialSocketOptions {
  readonly signal?: AbortSignal | undefined;
  readonly connectTimeoutMs: number;
  readonly certificates?: string | undefined;
  readonly skipVerify?: boolean;
  /** Name the certificate must have. Default: the host of the address. */
  readonly serverName?: string | undefined;
  /** Protocols offered in the TLS handshake. */
  readonly protocols?: readonly string[];
}

type SocketAddress = Exclude<EngineAddress, { readonly type: 'ssh' }>;

/** Probes of the operating system find a connection that a router dropped, without ending a quiet one. */
const keepAliveMs = 15_000;

/** Opens a unix socket, a named pipe, a TCP or a TLS connection. */
export async function dialSocket(address: SocketAddress, options: DialSocketOptions): Promise<Socket> {
  options.signal?.throwIfAborted();
  const socket = await open(address, options);
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      clearImmediate(late);
      options.signal?.removeEventListener('abort', abort);
      socket.off('error', fail);
      finish();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        socket.on('error', () => {});
        socket.destroy();
        reject(unreachable(address.describe, error));
      });
    const abort = (): void => fail(options.signal?.reason);
    // A process that was busy all the time hears of its timer first and of the connection right after.
    let late: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      late = setImmediate(fail, { code: 'ETIMEDOUT' });
    }, options.connectTimeoutMs);
    options.signal?.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once(secure(address) ? 'secureConnect' : 'connect', () => settle(() => resolve(socket)));
  });
}

function secure(address: SocketAddress): boolean {
  return address.type === 'tcp' && address.tls;
}

async function open(address: SocketAddress, options: DialSocketOptions): Promise<Socket> {
  if (address.type === 'socket') return connect({ path: address.path });
  const target = {
    host: address.host,
    port: address.port,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
  };
  if (!address.tls) return connect({ ...target, noDelay: true });
  return connectTls({
    ...target,
    ...serverNameOf(address.host, options.serverName),
    ...(await readCertificates(options.certificates)),
    ...(options.protocols && { ALPNProtocols: [...options.protocols] }),
    rejectUnauthorized: options.skipVerify !== true,
  });
}

/** An IP address is checked as such, but can't be announced as a name. */
function serverNameOf(host: string, serverName: string | undefined): { servername?: string } {
  if (serverName !== undefined) return { servername: serverName };
  return isIP(host) === 0 ? { servername: host } : {};
}

async function readCertificates(folder: string | undefined): Promise<Record<string, Buffer>> {
  if (folder === undefined) return {};
  const read = async (name: string): Promise<[string, Buffer]> => [
    name,
    await readFile(join(folder, `${name}.pem`)),
  ];
  try {
    return Object.fromEntries(await Promise.all([read('ca'), read('cert'), read('key')]));
  } catch (error) {
    throw new StagecraftError('engine-unreachable', `The TLS certificates in "${folder}" can't be read.`, {
      hint: 'The folder must hold ca.pem, cert.pem and key.pem; it comes from DOCKER_CERT_PATH or the docker context.',
      cause: error,
    });
  }
}
