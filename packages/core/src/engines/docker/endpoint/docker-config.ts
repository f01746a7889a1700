import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** What the docker command keeps about a context: where its engine is, and the certificates for it. */
export interface DockerContext {
  readonly host: string;
  readonly skipTlsVerify: boolean;
  /** Folder with ca.pem, cert.pem and key.pem; need not exist. */
  readonly tlsFolder: string;
}

/** The folder of the docker command's own settings: `DOCKER_CONFIG`, or `.docker` in the home folder. */
function dockerConfigFolder(environment: NodeJS.ProcessEnv): string {
  return environment['DOCKER_CONFIG'] || join(homedir(), '.docker');
}

/** The context `wanted`, or the one the docker command would use now; undefined for its built-in `default`. */
export async function findDockerContext(
  environment: NodeJS.ProcessEnv,
  wanted?: string,
): Promise<DockerContext | undefined> {
  const folder = dockerConfigFolder(environment);
  const name = wanted ?? (environment['DOCKER_CONTEXT'] || (await configuredContext(folder)));
  return name === undefined || name === 'default' ? undefined : readContext(folder, name);
}

/** Reads the context `name`. Throws `invalid-options` when there is none. */
async function readContext(folder: string, name: string): Promise<DockerContext> {
  const id = createHash('sha256').update(name).digest('hex');
  const metadata = await readJson(join(folder, 'contexts', 'meta', id, 'meta.json'));
  const endpoint = field(field(metadata, 'Endpoints'), 'docker');
  const host = field(endpoint, 'Host');
  if (typeof host !== 'string' || host === '') {
    throw new StagecraftError(
      'invalid-options',
      `The docker context "${name}" doesn't exist or names no engine.`,
      {
        hint: 'List the contexts with "docker context ls", or set DOCKER_HOST.',
      },
    );
  }
  const tlsFolder = join(folder, 'contexts', 'tls', id, 'docker');
  return { host, skipTlsVerify: field(endpoint, 'SkipTLSVerify') === true, tlsFolder };
}

async function configuredContext(folder: string): Promise<string | undefined> {
  const name = field(await readJson(join(folder, 'config.json')), 'currentContext');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new StagecraftError('config-rejected', `The docker settings "${path}" can't be read.`, {
      cause: error,
    });
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the text, and config.json can hold credentials.
    throw new StagecraftError('config-rejected', `The docker settings "${path}" are not JSON.`);
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
