import { createConnection, type Socket } from 'node:net';
import type { BuildEngine } from '../../../src/build/engine.ts';
import type { BuildkitEngineOptions } from '../../../src/engines/buildkit/index.ts';
import { createBuildkitEngine } from '../../../src/engines/buildkit/index.ts';
import { upgradeSocket } from '../../../src/engines/buildkit/rpc/upgrade.ts';
import { type DockerApi, dockerApi } from './docker-api.ts';

/** One engine the conformance suite runs against, and what a test needs to look behind it. */
export interface EngineUnderTest {
  readonly name: string;
  readonly store: 'docker-graph' | 'docker-containerd' | 'buildkitd' | 'classic';
  /** BuildKit 0.13 or later. */
  readonly modern: boolean;
  readonly docker: DockerApi;
  /** What builds of engines made here failed with, for engines of which scenarios are refused. */
  readonly rejections?: unknown[];
  /** The engine; `overrides` replace parts of how it is reached. */
  create(overrides?: Partial<BuildkitEngineOptions>): BuildEngine;
  dial(): Promise<Socket>;
  /** Makes a server on a unix socket reachable for the engine under 127.0.0.1 and a port. */
  expose(socketPath: string): Promise<number>;
}

export async function dialSocket(path: string): Promise<Socket> {
  const socket = createConnection(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** The session on a connection of its own, reached as the other one is. */
function sessionOver(dial: BuildkitEngineOptions['dial']): NonNullable<BuildkitEngineOptions['dialSession']> {
  return async (headers, signal) => {
    const socket = await dial(signal);
    signal.addEventListener('abort', () => socket.destroy());
    const upgraded = await upgradeSocket(socket, '/session', headers);
    if (!('socket' in upgraded)) throw new Error(upgraded.message);
    return upgraded.socket;
  };
}

export interface DockerEngineOptions {
  readonly name: string;
  readonly socketPath: string;
  readonly store: 'docker-graph' | 'docker-containerd';
  readonly modern: boolean;
  readonly expose: (socketPath: string) => Promise<number>;
}

/** A Docker daemon's BuildKit, reached as the docker engine reaches it. */
export function dockerEngine(options: DockerEngineOptions): EngineUnderTest {
  const docker = dockerApi(options.socketPath);
  const dial = (): Promise<Socket> => dialSocket(options.socketPath);
  return {
    ...options,
    docker,
    dial,
    create: (overrides) =>
      createBuildkitEngine({
        name: 'docker',
        upgrade: '/grpc',
        dial,
        dockerVersion: () => docker.version(),
        verify: async (image) => (await docker.inspect(image))?.Id,
        credentials: { find: async () => undefined },
        dialSession: sessionOver(overrides?.dial ?? dial),
        ...overrides,
      }),
  };
}
