import { createConnection, createServer, type Server } from 'node:net';

/** Forwards a free port of this machine to a unix socket, for engines that share its network. */
export async function exposeOnLoopback(socketPath: string): Promise<number> {
  const server: Server = createServer((client) => {
    const upstream = createConnection(socketPath);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
