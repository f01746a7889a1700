import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { StagecraftError } from '../../errors/stagecraft-error.ts';

/** The parts of a docker config file that concern registries, by exact host. */
export interface DockerAuthConfig {
  readonly auths: ReadonlyMap<string, AuthEntry>;
  /** Names of credential helpers, by host. */
  readonly helpers: ReadonlyMap<string, string>;
  /** Name of the helper for every other host. */
  readonly store: string | undefined;
}

export interface AuthEntry {
  readonly username: string;
  readonly password: string;
  readonly identityToken: string;
}

/** `$DOCKER_CONFIG`, else `.docker` in the home directory. */
export function defaultConfigDirectory(): string {
  return process.env['DOCKER_CONFIG'] || join(homedir(), '.docker');
}

/** Reads `config.json`; without one there are no credentials. Throws `config-rejected` for one that can't be understood. */
export async function readDockerConfig(directory: string): Promise<DockerAuthConfig> {
  const path = join(directory, 'config.json');
  const config = await readJson(path);
  const entries = (name: string): readonly (readonly [string, unknown])[] =>
    Object.entries(objectAt(config, name));
  // Maps, not objects: a host named "__proto__" is only a host that has no credentials.
  return {
    auths: new Map(
      entries('auths').map(([host, entry]) => [registryHost(host), readAuth(entry, host, path)]),
    ),
    helpers: new Map(
      entries('credHelpers').map(([host, helper]) => [
        registryHost(host),
        typeof helper === 'string' ? helper : '',
      ]),
    ),
    store:
      typeof config['credsStore'] === 'string' && config['credsStore'] !== ''
        ? config['credsStore']
        : undefined,
  };
}

const hubAliases = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/** The host in a config key or an image name, port included, in lower case; the Docker Hub is always `docker.io`. */
export function registryHost(key: string): string {
  const host = key
    .replace(/^https?:\/\//iu, '')
    .replace(/\/.*$/su, '')
    .toLowerCase();
  return hubAliases.has(host) ? 'docker.io' : host;
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw rejected(path, 'be read', cause);
  }
  try {
    const config: unknown = JSON.parse(text);
    if (isObject(config)) return config;
  } catch {
    // The parser's message quotes the text around the mistake, and that may be a password.
  }
  throw rejected(path, 'be understood: it is not a JSON object');
}

function readAuth(entry: unknown, host: string, path: string): AuthEntry {
  if (!isObject(entry)) return { username: '', password: '', identityToken: '' };
  const text = (name: string): string => {
    const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const identityToken = text('identitytoken');
  if (text('auth') === '') return { username: text('username'), password: text('password'), identityToken };
  const decoded = Buffer.from(text('auth'), 'base64').toString('utf8').replace(/\0+$/u, '');
  const colon = decoded.indexOf(':');
  if (colon < 0)
    throw rejected(path, `be understood: "auth" of "${host}" does not hold a name and a password`);
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1), identityToken };
}

function objectAt(
  config: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = Object.hasOwn(config, name) ? config[name] : undefined;
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rejected(path: string, what: string, cause?: unknown): StagecraftError {
  return new StagecraftError('config-rejected', `The docker config file "${path}" can't ${what}.`, {
    hint: 'Correct the file, or log in to the registry again.',
    cause,
  });
}
