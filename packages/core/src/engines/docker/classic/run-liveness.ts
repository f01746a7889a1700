import type { EngineClient } from '../client/engine-client.ts';
import type { ClassicProgress } from './classic-progress.ts';
import type { ContextBody } from './context-body.ts';

/** How many idle limits the build may be silent while the engine answers other calls: it may have many builds to do. */
const patience = 2;
/** Large files are copied in silence. */
const copyPatience = 20;

/** Both directions of a build. */
export interface Conversation {
  readonly body: ContextBody;
  readonly progress: ClassicProgress;
  /** False while whoever reads the events takes their time. */
  listening: boolean;
}

/**
 * How long the build may stay silent as things stand: for ever while files are read, events are taken in, or the
 * container of a RUN exists, else some idle limits, provided that the engine answers at all.
 */
export async function legalSilenceMs(
  client: EngineClient,
  { body, progress, listening }: Conversation,
  limits: { readonly idleTimeoutMs: number; readonly signal: AbortSignal },
): Promise<number> {
  const { idleTimeoutMs, signal } = limits;
  if (body.state === 'reading' || !listening) return Number.POSITIVE_INFINITY;
  await client.call((docker) => docker.ping(), { action: 'asking for a sign of life', signal });
  const { running } = progress;
  const container = running?.container;
  if (
    container !== undefined &&
    (await exists(client, container, { signal, timeoutMs: idleTimeoutMs / 4 }))
  ) {
    return Number.POSITIVE_INFINITY;
  }
  const copies = running?.keyword === 'COPY' || running?.keyword === 'ADD';
  return idleTimeoutMs * (copies ? copyPatience : patience);
}

/** False also when there is no answer in time: an engine doesn't tell of a container that it is just starting. */
async function exists(
  client: EngineClient,
  container: string,
  limits: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<boolean> {
  const looked = client.call((docker) => docker.getContainer(container).inspect(), {
    action: 'looking at the container of the build',
    ...limits,
  });
  return looked.then(
    () => true,
    () => false,
  );
}
