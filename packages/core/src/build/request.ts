import type { Profile } from '../ast/profile.ts';
import type { Location } from '../source/location.ts';
import type { ContextSource, RemoteContext } from './context-source.ts';

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
    Record<string, ContextSource | RemoteContext | { readonly image: string }>
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
}
