import { connect, type TLSSocket } from 'node:tls';
import type { Certificates } from './certificates.ts';

export async function dialRemote(
  port: number,
  servername: string,
  certificates: Certificates,
): Promise<TLSSocket> {
  const { ca, client } = certificates;
  const socket = connect({ host: '127.0.0.1', port, servername, ca, ...client, ALPNProtocols: ['h2'] });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  return socket;
}
