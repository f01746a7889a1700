import { randomBytes } from 'node:crypto';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Both ends of one connection, through the operating system as in real life. */
export async function socketPair(): Promise<readonly [Socket, Socket]> {
  const path = join(tmpdir(), `stagecraft-${randomBytes(6).toString('hex')}.sock`);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const client = createConnection(path);
  const other = await accepted;
  server.close();
  return [client, other];
}
