import type { Profile } from '@stagecraft/core';
import { nodeFiles } from '../project/node-files.ts';
import type { ProjectFiles } from '../project/project-files.ts';

/** What every preset takes. */
export interface CommonOptions {
  /** What the engine understands. Default: `'buildkit'`, which every Docker since 20.10 has. */
  readonly profile?: Profile;
  /** Where the project is, relative to the working directory. Default: `'.'`. */
  readonly context?: string;
  /** How the project is looked at. Default: the files of `context` on disk. */
  readonly files?: ProjectFiles;
  /** Gives files a fixed time, so that two builds have the same layers. Default: true. */
  readonly reproducible?: boolean;
  /** Environment of the final image. */
  readonly env?: Readonly<Record<string, string>>;
  /** Labels of the final image. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The port the service listens on. */
  readonly port?: number;
  /** `uid` or `uid:gid`, numeric. Default: the runtime's own non-root user. */
  readonly user?: number | string;
}

/** The files a preset looks at: the ones given, or those of the context directory. */
export function projectFiles(options: Pick<CommonOptions, 'files' | 'context'>): ProjectFiles {
  return options.files ?? nodeFiles(options.context ?? '.');
}
