import type { BuildEngine, BuilderOptions } from '../../build/engine.ts';
import type { BuildEvent } from '../../build/event.ts';
import type { BuildRequest } from '../../build/request.ts';
import { createBuildkitEngine } from '../buildkit/index.ts';
import { runClassicBuild } from './classic/run-classic-build.ts';
import { clientForDockerode, clientForEndpoint, type EngineClient } from './client/engine-client.ts';
import type { DockerodeClient } from './client/load-dockerode.ts';
import { dialBuildkit, dialSession, hasBuildkit } from './daemon-buildkit.ts';
import { type DockerEngine, withImageStore } from './docker-engine.ts';
import { resolveEndpoint } from './endpoint/resolve-endpoint.ts';
import { inspectImage } from './images/inspect.ts';
import { loadImages } from './images/load.ts';

/** Which Docker Engine to use, and how to reach it. */
export interface DockerOptions {
  /** `unix:`, `npipe:`, `tcp:`, `https:` or `ssh:` address. Default: `DOCKER_HOST`, the docker context, the usual socket. */
  readonly host?: string;
  /** Name of a docker context, instead of a host. */
  readonly dockerContext?: string;
  /** Folder with ca.pem, cert.pem and key.pem for TLS. Default: `DOCKER_CERT_PATH`, or those of the docker context. */
  readonly certificates?: string;
  /** Opening a connection, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** A client made with dockerode; the other options don't apply then. */
  readonly dockerode?: DockerodeClient;
}

/**
 * A Docker Engine: BuildKit inside the daemon where it has it, the classic builder where it doesn't.
 *
 * @example
 * await build(image, { engine: docker({ host: 'ssh://builder.example' }), tags: ['calc:1'] });
 */
export function docker(options: DockerOptions = {}): DockerEngine {
  const client = lazyClient(options);
  const buildkit = buildkitOf(client);
  let choice: Promise<boolean> | undefined;
  const builder = async ({ connectTimeoutMs, signal }: BuilderOptions): Promise<'buildkit' | 'classic'> => {
    choice ??= client().then((engine) => hasBuildkit(engine, connectTimeoutMs, signal));
    const chosen = await choice.catch((error: unknown) => {
      choice = undefined;
      throw error;
    });
    return chosen ? 'buildkit' : 'classic';
  };
  const build = async function* (request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent> {
    const { connectTimeoutMs } = request.options.deadlines ?? {};
    const kind = await builder({
      ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
      ...(signal && { signal }),
    });
    yield* kind === 'buildkit'
      ? buildkit.build(request, signal)
      : runClassicBuild(await client(), request, signal);
  };
  return withImageStore({ name: 'docker', builder, build }, client);
}

/**
 * The builder from before BuildKit, which every engine with the Docker API has: old daemons, Podman, socket proxies.
 *
 * Features that only BuildKit has are refused with `unsupported-feature`.
 * @example
 * await build(image, { engine: classic(), tags: ['calc:1'] });
 */
export function classic(options: DockerOptions = {}): DockerEngine {
  const client = lazyClient(options);
  const build = async function* (request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent> {
    yield* runClassicBuild(await client(), request, signal);
  };
  return withImageStore({ name: 'classic', builder: async () => 'classic', build }, client);
}

/** The client of an engine, made on first use: naming an engine touches neither files nor network. */
function lazyClient(options: DockerOptions): () => Promise<EngineClient> {
  let client: Promise<EngineClient> | undefined;
  return () => {
    client ??= options.dockerode
      ? Promise.resolve(clientForDockerode(options.dockerode))
      : resolveEndpoint(options).then(clientForEndpoint);
    return client;
  };
}

function buildkitOf(client: () => Promise<EngineClient>): BuildEngine {
  return createBuildkitEngine({
    name: 'docker',
    docker: true,
    dial: async (signal) => dialBuildkit(await client(), signal),
    dialSession: async (headers, signal) => dialSession(await client(), headers, signal),
    dockerVersion: async (signal) => {
      const engine = await client();
      const { Version } = await engine.call((dockerode) => dockerode.version(), {
        action: 'asking for the version',
        signal,
      });
      return Version;
    },
    verify: async (imageId, signal) => (await inspectImage(await client(), imageId, { signal }))?.id,
    load: async (archive, signal) => {
      await loadImages(await client(), archive, { signal });
    },
  });
}
