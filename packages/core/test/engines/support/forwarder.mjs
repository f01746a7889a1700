// Runs inside a daemon's network namespace: what connects to the port there reaches a unix socket, which is everywhere.
import { createConnection, createServer } from 'node:net';

const [, , port, target] = process.argv;
const server = createServer((client) => {
  const upstream = createConnection(String(target));
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
