import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { BuildEngine } from '../../../src/build/engine.ts';
import type { BuildRequest } from '../../../src/build/request.ts';
import type { BuildkitEngineOptions } from '../../../src/engines/buildkit/index.ts';
import { classic } from '../../../src/engines/index.ts';
import { parseDockerfile } from '../../../src/parse/parse-dockerfile.ts';
import { renderDockerfile } from '../../../src/render-dockerfile.ts';
import { dockerApi } from './docker-api.ts';
import { dialSocket, type EngineUnderTest } from './engine-under-test.ts';
import { exposeOnLoopback } from './expose.ts';

const anonymous = { find: async () => undefined };

interface ClassicUnderTest extends EngineUnderTest {
  /** Removes what was built, which this builder always keeps, and ends what was made for the tests. */
  close(): Promise<void>;
}

/** The classic builder of a daemon, reached as the suite reaches the others. */
export function classicEngine(socketPath: string): ClassicUnderTest {
  const rejections: unknown[] = [];
  const images = new Set<string>();
  const relays: Server[] = [];
  const docker = dockerApi(socketPath);
  return {
    rejections,
    async close() {
      for (const server of relays) server.close();
      for (const image of images) await docker.remove(image);
    },
    name: 'classic',
    store: 'classic',
    modern: false,
    docker,
    dial: () => dialSocket(socketPath),
    expose: exposeOnLoopback,
    create: ({ dial, credentials = anonymous } = {}) => {
      const host = `unix://${dial === undefined ? socketPath : relay(dial, relays)}`;
      const engine = classic({ host });
      return {
        ...engine,
        async *build(request, signal) {
          try {
            for await (const event of engine.build(asClassic(request, credentials), signal)) {
              if (event.type === 'result') images.add(event.result.imageId ?? '');
              yield event;
            }
          } catch (error) {
            rejections.push(error);
            throw error;
          }
        },
      } satisfies BuildEngine;
    },
  };
}

/**
 * The suite writes its Dockerfiles as text; what the profile refuses is refused as for a graph. Without any output the
 * classic builder would refuse: it always keeps the image.
 */
function asClassic(
  request: BuildRequest,
  credentials: NonNullable<BuildkitEngineOptions['credentials']>,
): BuildRequest {
  const { options } = request;
  const outputs = (options.outputs ?? []).filter(({ type }) => type !== 'none');
  return {
    ...request,
    render: (profile) => {
      const rendered = request.render(profile);
      if (rendered.text.includes('--mount')) renderDockerfile(parseDockerfile(rendered.text), profile);
      return rendered;
    },
    options: { credentials, ...options, outputs },
  };
}

/** A socket whose connections go wherever the test dials. */
function relay(dial: BuildkitEngineOptions['dial'], relays: Server[]): string {
  const path = join(tmpdir(), `stagecraft-relay-${randomBytes(6).toString('hex')}.sock`);
  const server: Server = createServer((client) => {
    client.on('error', () => {});
    dial(new AbortController().signal).then(
      (upstream) => connect(client, upstream),
      () => client.destroy(),
    );
  });
  server.listen(path);
  server.unref();
  relays.push(server);
  return path;
}

function connect(client: Duplex, upstream: Duplex): void {
  upstream.on('error', () => client.destroy());
  upstream.on('close', () => client.destroy());
  client.on('close', () => upstream.destroy());
  client.pipe(upstream);
  upstream.pipe(client);
}
