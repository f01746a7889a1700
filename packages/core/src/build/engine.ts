import type { BuildEvent } from './event.ts';
import type { BuildRequest } from './request.ts';

/** Turns a rendered graph and a context into an image. Ends with a `result` event, or throws a StagecraftError. */
export interface BuildEngine {
  readonly name: string;
  /** Which builder it will use; absent for engines that only have BuildKit. They differ in how they read ignore files. */
  builder?(options: BuilderOptions): Promise<'buildkit' | 'classic'>;
  build(request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent>;
}

/** Limits of asking an engine for its builder. */
export interface BuilderOptions {
  readonly connectTimeoutMs?: number;
  readonly signal?: AbortSignal;
}
