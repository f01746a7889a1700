import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one call; what it doesn't end stays open. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface ScriptedEngine {
  readonly address: string;
  /** `GET /version` and so on, in the order they came. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

const imageId = `sha256:${'1'.repeat(64)}`;
const json =
  (value: unknown): Answer =>
  (response) =>
    void response.end(JSON.stringify(value));

/** What a healthy engine answers to everything but the build. */
const healthy: Readonly<Record<string, Answer>> = {
  'GET /_ping': (response) => void response.end('OK'),
  'GET /version': json({ Version: '26.1.5' }),
  [`GET /images/${imageId}/json`]: json({ Id: imageId }),
};

/** A stand-in for an engine that misbehaves in a way no real one can be made to. Listens on loopback. */
export async function startScriptedEngine(
  answers: Readonly<Record<string, Answer>>,
): Promise<ScriptedEngine> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url?.split('?')[0]}`;
    calls.push(call);
    response.on('error', () => {});
    request.on('error', () => {});
    const answer = answers[call] ?? healthy[call];
    if (answer === undefined) response.writeHead(404).end(JSON.stringify({ message: `no ${call}` }));
    else void answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Takes the whole context, then answers with these chunks and ends. */
export function buildAnswer(...chunks: readonly (string | Uint8Array)[]): Answer {
  return async (response, request) => {
    request.resume();
    await new Promise((resolve) => request.on('end', resolve));
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };
}

/** The last line of a build that worked. */
export const success: string = `${JSON.stringify({ aux: { ID: imageId } })}\n`;
