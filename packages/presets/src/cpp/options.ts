import type { ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import { hasMounts } from '../profile/mounts.ts';
import { requireOptions } from '../service/require-options.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type SettingsOf,
  safeName,
  version,
} from '../service/service-options.ts';

/** What Clang can check while a program runs. */
export type CppSanitizer = 'address' | 'thread' | 'undefined';

export interface CppOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of GCC. No newer than the runtime's C++ library. Default: `'14'`, Debian 13's. */
  readonly version?: string;
  /** Default: found by `CMakeLists.txt`, `meson.build` or `Makefile`. */
  readonly buildSystem?: 'cmake' | 'meson' | 'make';
  /** Name of the program that the project installs into `bin`. */
  readonly binary: string;
  /** Debian packages the build needs. Default: those of the build system. */
  readonly packages?: readonly string[];
  /** Bring the C and C++ libraries along. Default: false. */
  readonly static?: boolean;
  /** Default: `'gcc'`, the image of `version`; Debian's own Clang otherwise. */
  readonly compiler?: 'gcc' | 'clang';
  /** Default: `'release'`; `'debug'` keeps symbols and leaves the code as it is written. */
  readonly buildType?: 'release' | 'debug';
  /** Checks that run with the program; they need Clang, which brings their libraries along. Default: none. */
  readonly sanitizers?: readonly CppSanitizer[];
  /** Compile what did not change no second time: ccache, in a cache mount. Default: false. */
  readonly ccache?: boolean;
}

const schema = z.object({
  version: version.optional(),
  buildSystem: z.enum(['cmake', 'meson', 'make']).optional(),
  binary: safeName,
  packages: z.array(safeName).optional(),
  static: z.boolean().default(false),
  compiler: z.enum(['gcc', 'clang']).default('gcc'),
  buildType: z.enum(['release', 'debug']).default('release'),
  sanitizers: z.array(z.enum(['address', 'thread', 'undefined'])).default([]),
  ccache: z.boolean().default(false),
});

export type CppSettings = SettingsOf<CppOptions, 'version' | 'buildSystem' | 'packages'>;

/** Throws `invalid-options` that names what to do. */
export function parseCppOptions(options: CppOptions): CppSettings {
  const settings = parseServiceOptions('cpp', schema, options);
  const { compiler, sanitizers, ccache, profile } = settings;
  requireOptions(
    compiler === 'gcc' || settings.version === undefined,
    'The option "version" is of GCC, and Clang comes from Debian.',
    'Leave out "version", or name an image with the Clang you want: builder.',
  );
  requireOptions(
    sanitizers.length === 0 || (compiler === 'clang' && !settings.static),
    'Sanitizers need Clang and the C library of the runtime.',
    'Set compiler: "clang" and leave out "static".',
  );
  requireOptions(
    !(sanitizers.includes('address') && sanitizers.includes('thread')),
    'The sanitizers "address" and "thread" exclude each other.',
    'Make two images, one with each.',
  );
  requireOptions(
    !ccache || hasMounts(profile),
    'Without cache mounts nothing of ccache survives.',
    'Use the profile "buildkit", or leave out "ccache".',
  );
  return settings;
}
