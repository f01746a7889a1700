import type { BuildEvent } from '@stagecraft/core/build';

/** Shows a build while it goes on. */
export interface Progress {
  show(event: BuildEvent): void;
  /** The user asked the build to stop; it takes a moment. */
  stopping(): void;
  /** The build is over: leaves on the screen what is worth keeping. */
  end(hasSucceeded: boolean): void;
}

/** The words buildx has for it. */
export type ProgressKind = 'auto' | 'tty' | 'plain' | 'json' | 'quiet';
