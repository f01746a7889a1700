import type { Profile } from '../ast/profile.ts';
import type { Location } from '../source/location.ts';
import type { CacheSource, CacheTarget } from './cache.ts';
import type { ContextSource, OciLayout, RemoteContext } from './context-source.ts';
import type { CredentialsSource } from './credentials.ts';
import type { BuildOutput } from './output.ts';
import type { SshSource } from './ssh-source.ts';

/** Where a line of the rendered Dockerfile came from. */
export interface StepOrigin {
  /** First and last line of the instruction in the text, 1-based. */
  readonly line: number;
  readonly endLine: number;
  readonly stage: string;
  /** The instruction's first line as printed. */
  readonly instruction: string;
  readonly where?: Location;
}

export interface RenderedDockerfile {
  readonly text: string;
  readonly steps: readonly StepOrigin[];
}

/** A secret by id; the value is asked for when the engine wants it, and never kept. */
export interface SecretSource {
  readonly id: string;
  /** Resolves to undefined when there is none. */
  value(signal?: AbortSignal): Promise<Uint8Array | undefined>;
}

/** What an engine gets: the same request serves every engine. */
export interface BuildRequest {
  /** The Dockerfile for a profile. Throws `unsupported-feature` naming the feature and the call site. */
  render(profile: Profile): RenderedDockerfile;
  readonly context: ContextSource | RemoteContext;
  readonly namedContexts: Readonly<
    Record<string, ContextSource | RemoteContext | OciLayout | { readonly image: string }>
  >;
  readonly options: BuildEngineOptions;
}

/** Options every engine understands or refuses by name. */
export interface BuildEngineOptions {
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly platforms: readonly string[];
  /** True for all stages, or the names of some. */
  readonly noCache: boolean | readonly string[];
  readonly pull: boolean;
  readonly secrets: readonly SecretSource[];
  readonly network?: 'default' | 'none' | 'host';
  readonly ssh?: readonly SshSource[];
  /** Default: the docker config file and its credential helpers. */
  readonly credentials?: CredentialsSource;
  /** Default: load into the engine's store where it has one. Several need an engine that can. */
  readonly outputs?: readonly BuildOutput[];
  readonly cacheFrom?: readonly CacheSource[];
  readonly cacheTo?: readonly CacheTarget[];
  readonly attestations?: AttestationOptions;
  /** Seconds since 1970 that every timestamp of the image takes. */
  readonly sourceDateEpoch?: number;
  /** Also rewrites the timestamps of files inside layers to `sourceDateEpoch`. */
  readonly rewriteTimestamps?: boolean;
  /** Rights a build asks of the engine beyond the usual ones. */
  readonly entitlements?: readonly ('network.host' | 'security.insecure')[];
  /** Host names to addresses, for RUN. */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** For example `{ nofile: { soft: 1024, hard: 2048 } }`. */
  readonly ulimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>;
  readonly shmSizeBytes?: number;
  readonly deadlines?: BuildDeadlines;
}

/** Statements about the build that are pushed or written next to the image. */
export interface AttestationOptions {
  /** A list of the packages inside; a string names the generator image. */
  readonly sbom?: boolean | { readonly generator: string };
  /** How the image was built. `max` contains the build arguments. */
  readonly provenance?: false | 'min' | 'max';
}

/** How long a silent peer is waited for, in milliseconds. None of them ends a RUN that is quiet but alive. */
export interface BuildDeadlines {
  /** Silence of the whole connection, liveness checks included. Default: 30,000. */
  readonly idleTimeoutMs?: number;
  /** Opening the connection. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** One call of a {@link SecretSource} or a {@link CredentialsSource}. Default: 20,000. */
  readonly secretTimeoutMs?: number;
}
