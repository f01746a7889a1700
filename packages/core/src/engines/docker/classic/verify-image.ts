import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { inspectImage } from '../images/inspect.ts';

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/** Resolves to the full id of the image once the engine shows it under that id and under every tag. */
export async function verifyImage(
  client: EngineClient,
  imageId: string | undefined,
  tags: readonly string[],
  options: VerifyOptions,
): Promise<string> {
  if (imageId === undefined) {
    throw new StagecraftError('result-missing', 'The engine ended the build without naming an image.', {
      hint: 'Something between may have cut the answer short. Build again.',
    });
  }
  const image = await inspectImage(client, imageId, options);
  if (image === undefined) throw missing(imageId);
  for (const tag of tags) {
    const tagged = await inspectImage(client, tag, options);
    if (tagged === undefined) throw missing(tag);
    if (tagged.id !== image.id) throw elsewhere(tag, tagged.id, image.id);
  }
  return image.id;
}

function missing(name: string): StagecraftError {
  return new StagecraftError('result-missing', `The engine reported success, but has no image "${name}".`, {
    hint: 'Another process may have removed it, for example a prune. Build again.',
  });
}

function elsewhere(tag: string, found: string, built: string): StagecraftError {
  return new StagecraftError(
    'digest-mismatch',
    `The tag "${tag}" names "${found}", not the image built, "${built}".`,
    {
      hint: 'Another build with the same tag ran at the same time. Give each build a tag of its own.',
    },
  );
}
