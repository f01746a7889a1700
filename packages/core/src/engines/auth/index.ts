import type { CredentialsSource } from '../../build/credentials.ts';
export function readDockerCredentials(): CredentialsSource {
  return { find: async () => undefined };
}
