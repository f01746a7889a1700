import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';

const longestAnswerBytes = 64 * 1024;

/** What a Docker daemon said to a request to switch protocols. */
export type Upgraded =
  | { readonly socket: Duplex }
  | { readonly httpStatus: number; readonly message: string };

/** Asks a Docker daemon to turn `socket` over to HTTP/2. Sends nothing more before the daemon agreed. */
export function upgradeSocket(
  socket: Duplex,
  path: string,
  headers: OutgoingHttpHeaders = {},
): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    const upgrade = request({
      method: 'POST',
      path,
      createConnection: () => socket,
      headers: { host: 'docker', connection: 'Upgrade', upgrade: 'h2c', ...headers },
    });
    upgrade.on('upgrade', (_response, upgraded: Duplex, head) => {
      if (head.length > 0) upgraded.unshift(head);
      resolve({ socket: upgraded });
    });
    upgrade.on('response', (response) => {
      readAnswer(response).then((message) => {
        socket.destroy();
        resolve({ httpStatus: response.statusCode ?? 0, message });
      }, reject);
    });
    upgrade.on('error', (cause) => reject(unreachable(cause)));
    socket.on('close', () => reject(unreachable()));
    upgrade.end();
  });
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > longestAnswerBytes) break;
  }
  return text.slice(0, longestAnswerBytes);
}

function unreachable(cause?: unknown): StagecraftError {
  return new StagecraftError(
    'engine-unreachable',
    'The engine closed the connection instead of switching to HTTP/2.',
    {
      hint: 'Check that the address is that of a Docker daemon, and that no proxy in between forbids "/grpc".',
      cause,
    },
  );
}
