import type { CredentialsSource } from '../../build/credentials.ts';
import type { BuildEngine } from '../../build/engine.ts';
import type { BuildEvent } from '../../build/event.ts';
import type { EngineClient } from './client/engine-client.ts';
import { dockerCredentials } from './credentials.ts';
import { type ImageDetails, inspectImage } from './images/inspect.ts';
import { loadImages } from './images/load.ts';
import { type PushedImage, pushImage } from './images/push.ts';
import { tagImage } from './images/tag.ts';

/** Options of the calls that work on images in the engine's store. */
export interface ImageOptions {
  readonly signal?: AbortSignal;
  /** Silence of the engine, in milliseconds. Default: 30,000. */
  readonly idleTimeoutMs?: number;
}

export interface PushImageOptions extends ImageOptions {
  /** Default: the docker config file and its credential helpers. */
  readonly credentials?: CredentialsSource;
  readonly onEvent?: (event: BuildEvent) => void | Promise<void>;
}

/** A build engine with an image store, and what build scripts need of it. */
export interface DockerEngine extends BuildEngine {
  /** Looks an image up by id, tag or digest; undefined when there is none. */
  inspect(name: string, options?: ImageOptions): Promise<ImageDetails | undefined>;
  /** Gives an image one more name. */
  tag(image: string, reference: string, options?: ImageOptions): Promise<void>;
  /** Sends an image to the registry its name says; resolves with the digest. Throws `registry-refused`. */
  push(reference: string, options?: PushImageOptions): Promise<PushedImage>;
  /** Reads an archive as `docker save` writes it; resolves to the names or ids of its images. */
  load(archive: AsyncIterable<Uint8Array>, options?: ImageOptions): Promise<readonly string[]>;
}

/** Adds the calls of the image store to a build engine that uses the same daemon. */
export function withImageStore(engine: BuildEngine, client: () => Promise<EngineClient>): DockerEngine {
  return {
    ...engine,
    inspect: async (name, options = {}) => inspectImage(await client(), name, limits(options)),
    tag: async (image, reference, options = {}) =>
      tagImage(await client(), image, reference, limits(options)),
    load: async (archive, options = {}) => loadImages(await client(), archive, options),
    push: async (reference, { credentials = dockerCredentials(), onEvent, ...options } = {}) => {
      const events = pushImage(await client(), reference, { credentials, ...options });
      for (;;) {
        const next = await events.next();
        if (next.done) return next.value;
        await onEvent?.(next.value);
      }
    },
  };
}

function limits({ signal, idleTimeoutMs }: ImageOptions): { signal?: AbortSignal; timeoutMs?: number } {
  return { ...(signal && { signal }), ...(idleTimeoutMs !== undefined && { timeoutMs: idleTimeoutMs }) };
}
