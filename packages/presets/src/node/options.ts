import type { ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import { requireOptions } from '../service/require-options.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type SettingsOf,
  safePath,
  version,
} from '../service/service-options.ts';
import type { PackageManagerName } from './package-manager.ts';

export interface NodeOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Node.js. Default: the runtime's own, else `'24'`. */
  readonly version?: string;
  /** The file to run. Default: `main` of `package.json`, else `'dist/index.js'`. */
  readonly entry?: string;
  /** The script that builds, or false. Default: `'build'` where `package.json` has such a script. */
  readonly build?: string | false;
  /** Files and directories the program needs beside its packages. Default: the one `entry` is in. */
  readonly outputs?: readonly string[];
  /** Flags of Node.js, such as `--enable-source-maps`. */
  readonly flags?: readonly string[];
  /** Name or directory of the service in a workspace of pnpm, npm or Yarn 4; the context is the workspace. */
  readonly service?: string;
  /** Which one, where there are lockfiles of several. Default: the one whose lockfile there is. */
  readonly packageManager?: PackageManagerName;
  /**
   * What the image has of the packages. `'install'` installs them a second time without those of the build, beside it;
   * `'prune'` takes those away after the build; `'bundle'` brings none, since the build puts them into its output.
   * Default: `'install'`.
   */
  readonly production?: 'install' | 'prune' | 'bundle';
  /** Packages that compile C or C++: the builder gets Python, make and a compiler. Default: false. */
  readonly nativeModules?: boolean;
  /** Packages run no scripts when they are installed. Default: false. */
  readonly ignoreScripts?: boolean;
  /** Id of a secret that holds an `.npmrc` with credentials. */
  readonly npmrc?: string;
}

const schema = z.object({
  version: version.optional(),
  entry: safePath.optional(),
  build: z
    .union([z.string().regex(/^[\w:.-]+$/u, 'name a script of package.json'), z.literal(false)])
    .optional(),
  outputs: z.array(safePath).optional(),
  flags: z.array(z.string().startsWith('-', 'flags start with a dash')).default([]),
  service: z
    .string()
    .regex(/^[\w@./-]+$/u, 'name a package or a directory of the workspace')
    .optional(),
  packageManager: z.enum(['npm', 'pnpm', 'yarn', 'bun']).optional(),
  production: z.enum(['install', 'prune', 'bundle']).default('install'),
  nativeModules: z.boolean().default(false),
  ignoreScripts: z.boolean().default(false),
  npmrc: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .optional(),
});

export type NodeSettings = SettingsOf<
  NodeOptions,
  'version' | 'entry' | 'build' | 'outputs' | 'service' | 'npmrc' | 'packageManager'
>;

/** Throws `invalid-options` that names what to do. */
export function parseNodeOptions(options: NodeOptions): NodeSettings {
  const settings = parseServiceOptions('node', schema, options);
  requireOptions(
    settings.service === undefined || settings.production === 'install',
    'The packages of one service of a workspace are installed for production.',
    'Leave out "production".',
  );
  return settings;
}
