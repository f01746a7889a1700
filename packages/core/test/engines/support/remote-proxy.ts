import type { Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { upgradeSocket } from '../../../src/engines/buildkit/rpc/upgrade.ts';
import type { Certificates } from './certificates.ts';

export interface RemoteProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** A BuildKit on a TLS port, as buildkitd would be one: every connection leads to the BuildKit in a Docker daemon. */
export async function startRemoteProxy(
  dial: () => Promise<Socket>,
  certificates: Certificates,
): Promise<RemoteProxy> {
  const clients = new Set<Socket>();
  const { ca, server: identity } = certificates;
  const options = { ca, ...identity, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] };
  const server: Server = createServer(options, (client) => {
    client.setNoDelay();
    clients.add(client);
    client.on('close', () => clients.delete(client));
    connect(client, dial).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    async close() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function connect(client: Socket, dial: () => Promise<Socket>): Promise<void> {
  const upgraded = await upgradeSocket(await dial(), '/grpc');
  if (!('socket' in upgraded)) throw new Error(upgraded.message);
  const { socket } = upgraded;
  client.on('error', () => socket.destroy());
  client.on('close', () => socket.destroy());
  socket.on('error', () => client.destroy());
  socket.on('close', () => client.destroy());
  client.pipe(socket).pipe(client);
}
