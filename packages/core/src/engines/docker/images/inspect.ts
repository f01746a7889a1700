import type { EngineClient } from '../client/engine-client.ts';
import { refusalOf } from '../client/engine-error.ts';

/** What an engine tells about an image in its store. */
export interface ImageDetails {
  /** `sha256:…` */
  readonly id: string;
  readonly tags: readonly string[];
  /** `repository@sha256:…` of what was pulled or pushed. */
  readonly digests: readonly string[];
  readonly sizeBytes: number;
  readonly operatingSystem: string;
  readonly architecture: string;
  /** The configuration as the engine words it. */
  readonly config: Readonly<Record<string, unknown>>;
}

export interface ImageCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: 30,000. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 30_000;

/** Looks an image up by id, tag or digest. Resolves to undefined when the engine has none. */
export async function inspectImage(
  client: EngineClient,
  name: string,
  options: ImageCallOptions = {},
): Promise<ImageDetails | undefined> {
  return client.call(
    async (docker) => {
      const details = await docker
        .getImage(name)
        .inspect()
        .catch((error: unknown) => {
          if (refusalOf(error)?.statusCode === 404) return undefined;
          throw error;
        });
      return details && toDetails(details as unknown as Record<string, unknown>);
    },
    {
      action: `looking up "${name}"`,
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    },
  );
}

function toDetails(details: Record<string, unknown>): ImageDetails {
  return {
    id: String(details['Id']),
    tags: list(details['RepoTags']),
    digests: list(details['RepoDigests']),
    sizeBytes: Number(details['Size'] ?? 0),
    operatingSystem: String(details['Os'] ?? ''),
    architecture: String(details['Architecture'] ?? ''),
    config: (details['Config'] ?? {}) as Record<string, unknown>,
  };
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
