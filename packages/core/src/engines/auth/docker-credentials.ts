import type { CredentialsSource, RegistryCredentials } from '../../build/credentials.ts';
import { askHelper } from './credential-helper.ts';
import { type AuthEntry, defaultConfigDirectory, readDockerConfig, registryHost } from './docker-config.ts';

export interface DockerCredentialsOptions {
  /** Default: `$DOCKER_CONFIG`, else `.docker` in the home directory. */
  readonly configDirectory?: string;
}

// The name under which logins to the Docker Hub are kept, by everyone since its first version.
const hubServer = 'https://index.docker.io/v1/';

/**
 * Credentials as the docker command line finds them: in its config file and through its credential helpers.
 *
 * A host gets only what was stored for exactly this host and port. Rejects with `config-rejected` when the file or a
 * helper can't be used.
 */
export function dockerCredentials(options: DockerCredentialsOptions = {}): CredentialsSource {
  const directory = options.configDirectory ?? defaultConfigDirectory();
  return {
    async find(host, signal) {
      const wanted = registryHost(host);
      const config = await readDockerConfig(directory);
      const helper = config.helpers.get(wanted) ?? config.store;
      if (helper !== undefined) {
        const server = wanted === 'docker.io' ? hubServer : wanted;
        const found = await askHelper(helper, server, signal);
        if (found !== undefined) return found;
      }
      return fromEntry(config.auths.get(wanted));
    },
  };
}

function fromEntry(entry: AuthEntry | undefined): RegistryCredentials | undefined {
  if (entry === undefined) return undefined;
  const { username, password, identityToken } = entry;
  if (identityToken !== '') return { identityToken };
  return username === '' && password === '' ? undefined : { username, password };
}
