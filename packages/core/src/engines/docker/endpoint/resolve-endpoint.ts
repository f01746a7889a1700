import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type EngineAddress, parseAddress } from './address.ts';
import { dialSocket } from './dial-socket.ts';
import { dialSsh } from './dial-ssh.ts';
import { findDockerContext } from './docker-config.ts';
import type { Endpoint } from './endpoint.ts';

export interface EndpointOptions {
  /** For example `unix:///var/run/docker.sock`. Default: `DOCKER_HOST`, then the current docker context. */
  readonly host?: string;
  /** Name of a docker context, instead of a host. */
  readonly dockerContext?: string;
  /** Folder with ca.pem, cert.pem and key.pem for TLS. Default: `DOCKER_CERT_PATH`, or the context's own. */
  readonly certificates?: string;
  /** Opening a connection, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** Default: those of the process. */
  readonly environment?: NodeJS.ProcessEnv;
}

const defaultConnectTimeoutMs = 10_000;

/** Finds the engine the way the docker command does: an explicit host, `DOCKER_HOST`, the docker context, the default socket. */
export async function resolveEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const environment = options.environment ?? process.env;
  const { address, certificates, skipVerify } = await locate(options, environment);
  const connectTimeoutMs = options.connectTimeoutMs ?? defaultConnectTimeoutMs;
  if (address.type === 'ssh') {
    return {
      describe: address.describe,
      local: false,
      dial: (signal) => dialSsh(address, { signal, connectTimeoutMs }),
    };
  }
  return {
    describe: address.describe,
    local: address.type === 'socket',
    dial: (signal) => dialSocket(address, { signal, connectTimeoutMs, certificates, skipVerify }),
  };
}

interface Found {
  readonly address: EngineAddress;
  readonly certificates: string | undefined;
  readonly skipVerify: boolean;
}

async function locate(options: EndpointOptions, environment: NodeJS.ProcessEnv): Promise<Found> {
  const host = options.host ?? (options.dockerContext === undefined ? environment['DOCKER_HOST'] : undefined);
  if (host) return fromHost(host, options.certificates ?? fromEnvironment(environment));
  const context = await findDockerContext(environment, options.dockerContext);
  if (context === undefined) return fromHost(await defaultHost(), undefined);
  const certificates = (await exists(context.tlsFolder)) ? context.tlsFolder : undefined;
  return { ...fromHost(context.host, certificates), skipVerify: context.skipTlsVerify };
}

/** Certificates turn a plain tcp address into TLS, as with the docker command. */
function fromHost(host: string, certificates: string | undefined): Found {
  const address = parseAddress(host);
  const secured = certificates !== undefined && address.type === 'tcp' ? { ...address, tls: true } : address;
  return { address: secured, certificates, skipVerify: false };
}

function fromEnvironment(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment['DOCKER_CERT_PATH'];
  if (folder) return folder;
  return environment['DOCKER_TLS_VERIFY'] ? join(homedir(), '.docker') : undefined;
}

async function defaultHost(): Promise<string> {
  if (process.platform === 'win32') return 'npipe:////./pipe/docker_engine';
  const system = '/var/run/docker.sock';
  const desktop = join(homedir(), '.docker', 'run', 'docker.sock');
  const path = !(await exists(system)) && (await exists(desktop)) ? desktop : system;
  return `unix://${path}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
