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

export interface BunOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Bun. Default: `'1.4'`. */
  readonly version?: string;
  /** The file to run. Default: `'src/index.ts'`. */
  readonly entry?: string;
  /** Name of the program that is compiled. Default: `'server'`. */
  readonly binary?: string;
  /** Files and directories of a program that is not compiled. Default: the one `entry` is in. */
  readonly sources?: readonly string[];
}

const schema = z.object({
  version: version.default('1.4'),
  entry: safePath.default('src/index.ts'),
  binary: safeName.default('server'),
  sources: z.array(safePath).min(1, 'name a file or a directory').optional(),
});

export type BunSettings = SettingsOf<BunOptions, 'sources'>;

/** Throws `invalid-options` that names what to do. */
export function parseBunOptions(options: BunOptions): BunSettings {
  return parseServiceOptions('bun', schema, options);
}
