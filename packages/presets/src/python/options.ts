import type { ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import {
  parseServiceOptions,
  type ServiceOptions,
  type SettingsOf,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';
import type { PythonManager } from './installers.ts';

export interface PythonOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Python; the runtime's own where it has one. Default: `'3.13'`. */
  readonly version?: string;
  /** Default: `uv.lock` means uv, `poetry.lock` Poetry, `requirements.txt` pip. */
  readonly manager?: PythonManager;
  /** For pip. Default: `'requirements.txt'`. */
  readonly requirements?: string;
  /** For pip: every requirement must have a hash. Default: false. */
  readonly hashes?: boolean;
  /** Refuse requirements that would have to be compiled. Default: false. */
  readonly onlyBinary?: boolean;
  /** Debian packages the installation needs, such as `gcc` and `libpq-dev`. */
  readonly packages?: readonly string[];
  /** Debian packages the program needs, such as `libpq5`; their files are put into the image. Default: none. */
  readonly runtimePackages?: readonly string[];
  /** Compile the requirements to byte code when the image is built: a quicker start. Default: true. */
  readonly compile?: boolean;
  /** What to run: a module such as `src.main`. */
  readonly module?: string;
  /** What to run: a script such as `main.py`. */
  readonly script?: string;
  /** What to run under uvicorn, such as `app:app`; uvicorn must be among the requirements. */
  readonly asgi?: string;
  /** Files and directories of the program. Default: the one the program starts from. */
  readonly sources?: readonly string[];
}

const schema = z.object({
  version: version.default('3.13'),
  manager: z.enum(['pip', 'uv', 'poetry']).optional(),
  requirements: safePath.default('requirements.txt'),
  hashes: z.boolean().default(false),
  onlyBinary: z.boolean().default(false),
  packages: z.array(safeName).default([]),
  runtimePackages: z.array(safeName).default([]),
  compile: z.boolean().default(true),
  module: z
    .string()
    .regex(/^[\w.]+$/u, 'name a module such as "src.main"')
    .optional(),
  script: safePath.optional(),
  asgi: z
    .string()
    .regex(/^[\w.]+:\w+$/u, 'name an application such as "app:app"')
    .optional(),
  sources: z.array(safePath).optional(),
});

export type PythonSettings = SettingsOf<PythonOptions, 'manager' | 'module' | 'script' | 'asgi' | 'sources'>;

/** Throws `invalid-options` that names what to do. */
export function parsePythonOptions(options: PythonOptions): PythonSettings {
  return parseServiceOptions('python', schema, options);
}
