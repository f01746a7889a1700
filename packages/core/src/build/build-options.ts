import type { Profile } from '../ast/profile.ts';
import type { ContextSource, OciLayout, RemoteContext } from './context-source.ts';
import type { BuildEngine } from './engine.ts';
import type { BuildEvent } from './event.ts';
import type { BuildEngineOptions } from './request.ts';

/** What `build` takes. Everything is optional. */
export interface BuildOptions extends Partial<Omit<BuildEngineOptions, 'secrets'>> {
  /** Directory (default: `.`), in-memory files, something the engine fetches, or a plan made by `planContext`. */
  readonly context?: ContextInput;
  /** Files that exist only in memory, beside the directory. They win over those on disk. */
  readonly files?: InMemoryFiles;
  /** Text to use in place of the `.dockerignore` file, or `false` for no rules. */
  readonly ignore?: string | false;
  /** Named contexts, by the name that `context(name)` has. */
  readonly contexts?: Readonly<Record<string, ContextInput | OciLayout | { readonly image: string }>>;
  /** Secrets for `mount.secret(id)`, by id. */
  readonly secrets?: Readonly<Record<string, SecretInput>>;
  /** Default: what `DOCKER_HOST` or the docker context names. A string is an address as `connect` takes it. */
  readonly engine?: BuildEngine | string;
  /** The Dockerfile dialect, instead of what the engine asks for. */
  readonly profile?: Profile;
  /** Called with each event, in order; the build waits for what it returns. */
  readonly onEvent?: (event: BuildEvent) => void | Promise<void>;
  /** Stops the build and the engine's work on it. */
  readonly signal?: AbortSignal;
}

/** A build context: a directory, files in memory, both, a URL, or a finished plan. */
export type ContextInput = string | LocalContext | RemoteContext | ContextSource;

export interface LocalContext {
  readonly directory?: string;
  readonly files?: InMemoryFiles;
  readonly ignore?: string | false;
}

/** Content by path, or content with a mode. */
export type InMemoryFiles = Readonly<
  Record<string, string | Uint8Array | { readonly content: string | Uint8Array; readonly mode?: number }>
>;

/** Where a secret comes from. It is asked for when the engine wants it, and never kept. */
export type SecretInput =
  | { readonly file: string }
  | { readonly env: string }
  | { readonly value: string | Uint8Array }
  | ((signal?: AbortSignal) => Promise<string | Uint8Array | undefined>);
