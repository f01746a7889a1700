import type { BuildEngine } from '../../build/engine.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';
import { type BuildkitEngineOptions, createBuildkitEngine } from '../buildkit/index.ts';
import type { DockerEngine } from './docker-engine.ts';
import { type EngineAddress, parseAddress } from './endpoint/address.ts';
import { dialSocket } from './endpoint/dial-socket.ts';

/** Where a BuildKit daemon listens. */
export interface BuildkitOptions {
  /** `unix:///run/buildkit/buildkitd.sock` (default) or `tcp://host:1234`. */
  readonly address?: string;
  /** Folder with ca.pem, cert.pem and key.pem: turns TCP into TLS with a client certificate. */
  readonly certificates?: string;
  /** Name the daemon's certificate must have. Default: the host of the address. */
  readonly serverName?: string;
  /** Opening a connection, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** Where the output "load" puts the image: a BuildKit daemon has no image store of its own. */
  readonly loadInto?: DockerEngine;
}

const defaultAddress = 'unix:///run/buildkit/buildkitd.sock';
const defaultConnectTimeoutMs = 10_000;

/**
 * A BuildKit daemon of its own: the same builds on another machine or a cluster.
 *
 * @example
 * await build(image, { engine: buildkit({ address: 'tcp://builder.example:1234', certificates: 'certs' }) });
 */
export function buildkit(options: BuildkitOptions = {}): BuildEngine {
  const address = socketAddress(options);
  const { certificates, serverName, connectTimeoutMs = defaultConnectTimeoutMs, loadInto } = options;
  const secured = address.type === 'tcp' && address.tls;
  return createBuildkitEngine({
    name: 'buildkit',
    dial: (signal) =>
      dialSocket(address, { signal, connectTimeoutMs, certificates, serverName, protocols: ['h2'] }),
    ...(loadInto && storeOf(loadInto)),
    ...(secured && { authority: `https://${serverName ?? hostOf(address.host)}` }),
  });
}

function socketAddress({
  address = defaultAddress,
  certificates,
}: BuildkitOptions): Exclude<EngineAddress, { type: 'ssh' }> {
  const parsed = parseAddress(address);
  if (parsed.type === 'ssh') {
    throw new StagecraftError('invalid-options', `A BuildKit daemon can't be reached through "${address}".`, {
      hint: 'Forward its socket with "ssh -L" and use the unix address, or use "tcp" with certificates.',
    });
  }
  return parsed.type === 'tcp' && certificates !== undefined ? { ...parsed, tls: true } : parsed;
}

function storeOf(engine: DockerEngine): Pick<BuildkitEngineOptions, 'load' | 'verify'> {
  return {
    load: async (archive, signal) => {
      await engine.load(archive, { signal });
    },
    verify: async (imageId, signal) => (await engine.inspect(imageId, { signal }))?.id,
  };
}

function hostOf(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
