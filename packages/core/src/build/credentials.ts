/** What a registry accepts: a name and password, or an identity token. */
export type RegistryCredentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** Looks up credentials for exactly one registry host, for example `ghcr.io` or `127.0.0.1:5000`. */
export interface CredentialsSource {
  /** Resolves to undefined for anonymous access. The Docker Hub is asked for as `docker.io`. */
  find(host: string, signal?: AbortSignal): Promise<RegistryCredentials | undefined>;
}
