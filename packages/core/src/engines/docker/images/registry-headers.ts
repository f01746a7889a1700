import type { CredentialsSource, RegistryCredentials } from '../../../build/credentials.ts';

/** The name under which engines look for credentials of the Docker Hub. */
const hubKey = 'https://index.docker.io/v1/';

/** The header that logs a push or pull in at one registry. */
export async function pushHeaders(
  host: string,
  credentials: CredentialsSource,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const found = await credentials.find(host, signal);
  return { 'X-Registry-Auth': encode(found === undefined ? {} : toAuth(host, found)) };
}

/** The header that logs the classic builder in at the registries its images come from, and at no others. */
export async function buildHeaders(
  hosts: readonly string[],
  credentials: CredentialsSource,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const entries: [string, object][] = [];
  for (const host of hosts) {
    const found = await credentials.find(host, signal);
    if (found !== undefined) entries.push([host === 'docker.io' ? hubKey : host, toAuth(host, found)]);
  }
  return entries.length === 0 ? {} : { 'X-Registry-Config': encode(Object.fromEntries(entries)) };
}

function toAuth(host: string, credentials: RegistryCredentials): object {
  const serveraddress = host === 'docker.io' ? hubKey : host;
  if ('identityToken' in credentials) return { identitytoken: credentials.identityToken, serveraddress };
  return { username: credentials.username, password: credentials.password, serveraddress };
}

/** Engines decode these headers with the URL alphabet; the other one breaks on some passwords. */
function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
