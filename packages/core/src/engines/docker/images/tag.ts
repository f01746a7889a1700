import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { type ImageCallOptions, inspectImage } from './inspect.ts';
import { parseReference } from './reference.ts';

const defaultTimeoutMs = 30_000;

/** Gives an image of the store one more name, and makes sure that it has it. */
export async function tagImage(
  client: EngineClient,
  image: string,
  reference: string,
  options: ImageCallOptions = {},
): Promise<void> {
  const { name, tag } = parseReference(reference);
  await client.call((docker) => docker.getImage(image).tag({ repo: name, tag }), {
    action: `tagging "${image}"`,
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  });
  const [original, tagged] = await Promise.all([
    inspectImage(client, image, options),
    inspectImage(client, reference, options),
  ]);
  if (tagged !== undefined && tagged.id === original?.id) return;
  throw new StagecraftError(
    'result-missing',
    `The engine tagged "${image}", but "${reference}" doesn't name it.`,
    {
      hint: 'Another process may have moved the tag at the same time.',
    },
  );
}
