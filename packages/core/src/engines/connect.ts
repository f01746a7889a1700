import type { BuildEngine } from '../build/engine.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { buildkit } from './docker/buildkit.ts';
import { classic, type DockerOptions, docker } from './docker/docker.ts';

/** Certificates and limits of the connection; the rest is in the address. */
export type ConnectOptions = Pick<DockerOptions, 'certificates' | 'connectTimeoutMs'>;

/**
 * The engine at an address. Without one: `DOCKER_HOST`, the current docker context, the usual socket.
 *
 * | Address | Engine |
 * |---|---|
 * | `unix:///…`, `npipe:////./pipe/…`, `tcp://…`, `https://…`, `ssh://…` | a Docker Engine |
 * | `docker://` and `docker://name` | the Docker Engine of the current, or the named, docker context |
 * | `classic+unix:///…`, `classic+tcp://…`, … | the classic builder of a Docker Engine |
 * | `buildkit+unix:///…`, `buildkit+tcp://…` | a BuildKit daemon |
 * @example
 * const engine = connect('buildkit+tcp://builder.example:1234');
 */
export function connect(address?: string, options: ConnectOptions = {}): BuildEngine {
  if (address === undefined || address === '') return docker(options);
  const [, kind, rest = ''] = /^(docker:\/\/|classic\+|buildkit\+)?(.*)$/su.exec(address) ?? [];
  if (kind === 'docker://') return docker({ ...options, ...(rest !== '' && { dockerContext: rest }) });
  if (kind === 'classic+') return classic({ ...options, host: rest });
  if (kind === 'buildkit+') return buildkit({ ...options, address: rest });
  if (/^[a-z]+\+/u.test(address)) throw unknownEngine(address);
  return docker({ ...options, host: address });
}

function unknownEngine(address: string): StagecraftError {
  return new StagecraftError('invalid-options', `The engine address "${address}" can't be read.`, {
    hint: 'Use for example "unix:///var/run/docker.sock", "classic+unix:///…" or "buildkit+tcp://host:1234".',
  });
}
