export { registryHost } from './docker-config.ts';
export { type DockerCredentialsOptions, dockerCredentials } from './docker-credentials.ts';
