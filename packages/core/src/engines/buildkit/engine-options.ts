import type { OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CredentialsSource } from '../../build/credentials.ts';

/** How to reach a BuildKit, and what the caller can do for it. */
export interface BuildkitEngineOptions {
  /** Shown in results and errors, for example `docker`. */
  readonly name: string;
  /** Opens one connection to the engine. Called again for a later build once the connection was closed. */
  dial(signal: AbortSignal): Promise<Duplex>;
  /** Opens the session on a connection of its own, with these headers; undefined where it has to be a call. */
  readonly dialSession?: (headers: OutgoingHttpHeaders, signal: AbortSignal) => Promise<Duplex | undefined>;
  /** Asks a Docker daemon for its BuildKit on this path first. Leave away for buildkitd, or for a dial that does it. */
  readonly upgrade?: '/grpc';
  /** Whether a Docker daemon is behind the connection. Default: whether `upgrade` is set. */
  readonly docker?: boolean;
  /** The `:authority` of requests, for TLS endpoints. */
  readonly authority?: string;
  /** Version of the Docker daemon: refines what is known about its BuildKit. */
  readonly dockerVersion?: (signal: AbortSignal) => Promise<string | undefined>;
  /** Looks an image up in the engine's store and resolves to its id; undefined when it isn't there. */
  readonly verify?: (imageId: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Loads an archive as `docker load` does: gives buildkitd the output `load`. */
  readonly load?: (archive: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<void>;
  /** Credentials where the request brings none. Default: the docker config file. */
  readonly credentials?: CredentialsSource;
}
