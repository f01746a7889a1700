import type { BuildEngine } from '../../build/engine.ts';
import type { BuildEvent } from '../../build/event.ts';
import type { BuildRequest } from '../../build/request.ts';
import { runClassicBuild } from './classic/run-classic-build.ts';
import { clientForDockerode, clientForEndpoint, type EngineClient } from './client/engine-client.ts';
import type { DockerodeClient } from './client/load-dockerode.ts';
import { resolveEndpoint } from './endpoint/resolve-endpoint.ts';

/** Which Docker Engine to use, and how to reach it. */
export interface DockerOptions {
  /** `unix:`, `npipe:`, `tcp:`, `https:` or `ssh:` address. Default: `DOCKER_HOST`, the docker context, the usual socket. */
  readonly host?: string;
  /** Folder with ca.pem, cert.pem and key.pem for TLS. Default: `DOCKER_CERT_PATH`, or those of the docker context. */
  readonly certificates?: string;
  /** Opening a connection, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** A client made with dockerode; the other options don't apply then. */
  readonly dockerode?: DockerodeClient;
}

/** The client of an engine, made on first use: naming an engine touches neither files nor network. */
export function lazyClient(options: DockerOptions): () => Promise<EngineClient> {
  let client: Promise<EngineClient> | undefined;
  return () => {
    client ??= options.dockerode
      ? Promise.resolve(clientForDockerode(options.dockerode))
      : resolveEndpoint(options).then(clientForEndpoint);
    return client;
  };
}

/**
 * The builder from before BuildKit, which every engine with the Docker API has: old daemons, Podman, socket proxies.
 *
 * Features that only BuildKit has are refused with `unsupported-feature`.
 * @example
 * await build(image, { engine: classic(), tags: ['calc:1'] });
 */
export function classic(options: DockerOptions = {}): BuildEngine {
  const client = lazyClient(options);
  return {
    name: 'classic',
    async *build(request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent> {
      yield* runClassicBuild(await client(), request, signal);
    },
  };
}

/**
 * A Docker Engine: BuildKit inside the daemon where it has it, the classic builder where it doesn't.
 *
 * @example
 * await build(image, { engine: docker({ host: 'ssh://builder.example' }), tags: ['calc:1'] });
 */
export function docker(options: DockerOptions = {}): BuildEngine {
  return { ...classic(options), name: 'docker' };
}
