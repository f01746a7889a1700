import { Readable } from 'node:stream';
import { neutralise } from '../../../build/neutralise.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { streamCall } from '../stream/stream-call.ts';

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly idleTimeoutMs?: number | undefined;
}

/** Puts the images of an archive, as `docker save` writes it, into the engine's store. Resolves to their names or ids. */
export async function loadImages(
  client: EngineClient,
  archive: AsyncIterable<Uint8Array>,
  options: LoadOptions = {},
): Promise<readonly string[]> {
  const loaded: string[] = [];
  let body: Readable | undefined;
  const send = (touch: () => void): Readable => {
    async function* chunks(): AsyncIterable<Uint8Array> {
      for await (const chunk of archive) {
        touch();
        yield chunk;
      }
    }
    body = Readable.from(chunks(), { objectMode: false });
    return body;
  };
  try {
    const messages = streamCall(client, (docker, touch) => docker.loadImage(send(touch), { quiet: true }), {
      action: 'loading an archive',
      ...options,
    });
    for await (const { stream = '', error } of messages) {
      if (error) throw refused(error.message);
      const name = /^Loaded image(?: ID)?: (\S+)\s*$/u.exec(stream)?.[1];
      if (name !== undefined) loaded.push(name);
    }
  } finally {
    body?.destroy();
  }
  if (loaded.length === 0) throw refused('it found no image in it');
  return loaded;
}

function refused(reason: string): StagecraftError {
  const text = neutralise(reason).trim().replace(/\.$/u, '');
  return new StagecraftError('engine-refused', `The engine didn't load the archive: ${text}.`, {
    hint: 'The archive must be one that "docker save" or the output "docker" writes.',
  });
}
