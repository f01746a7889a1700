import type { BuildEvent } from './event.ts';
import type { BuildRequest } from './request.ts';

/** Turns a rendered graph and a context into an image. Ends with a `result` event, or throws a StagecraftError. */
export interface BuildEngine {
  readonly name: string;
  build(request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent>;
}
