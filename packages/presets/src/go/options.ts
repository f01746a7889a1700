import type { ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import { requireOptions } from '../service/require-options.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type SettingsOf,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';

export interface GoOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of the toolchain, a minor one. Default: `'1.26'`. */
  readonly version?: string;
  /** The package to build, such as `./cmd/server`. Default: `'.'`. */
  readonly main?: string;
  /** Go files of a program without a module, such as `['main.go']`; it can use the standard library only. */
  readonly sources?: readonly string[];
  /** Name of the binary. Default: `'app'`. */
  readonly binary?: string;
  /** Build tags. */
  readonly tags?: readonly string[];
  /** Flags of the linker. Default: `'-s -w'`, no symbols and no debug information. */
  readonly ldflags?: string;
  /** Link to C code. The runtime then needs glibc, and the image is built on the platform it is for. Default: false. */
  readonly cgo?: boolean;
  /** With `cgo`: bring musl along, so that the program needs no C library. Default: false. */
  readonly static?: boolean;
  /** With `cgo`: compile on the machine's own platform for the target's, with `tonistiigi/xx`. Default: false. */
  readonly cross?: boolean;
  /** With `cgo`: report data races while the program runs, which makes it several times slower. Default: false. */
  readonly race?: boolean;
  /** Compress the program with UPX: a smaller image, a slower start. Default: false. */
  readonly upx?: boolean;
  /** Modules that are fetched from where they are, such as `example.com/*`; `secrets` may hold a `.netrc` for it. */
  readonly private?: readonly string[];
}

const schema = z.object({
  version: version.default('1.26'),
  main: safePath.optional(),
  sources: z.array(safePath.endsWith('.go', 'name a Go file')).min(1, 'name a file').optional(),
  binary: safeName.default('app'),
  tags: z.array(z.string().regex(/^[\w.]+$/u, 'a build tag has letters, digits, "_" and "."')).default([]),
  ldflags: z
    .string()
    .regex(/^[\w ./=:+@-]*$/u, 'write flags without quotes, such as "-s -w"')
    .default('-s -w'),
  cgo: z.boolean().default(false),
  static: z.boolean().default(false),
  cross: z.boolean().default(false),
  race: z.boolean().default(false),
  upx: z.boolean().default(false),
  private: z.array(z.string().regex(/^[\w./*-]+$/u, 'write a pattern such as "example.com/*"')).default([]),
});

export type GoSettings = SettingsOf<GoOptions, 'main' | 'sources'>;

/** Throws `invalid-options` that names what to do. */
export function parseGoOptions(options: GoOptions): GoSettings {
  const settings = parseServiceOptions('go', schema, options);
  const { cgo, static: isStatic, cross, race, main, sources, tests, testCommand } = settings;
  requireOptions(
    cgo || !(isStatic || cross || race),
    'The options "static", "cross" and "race" are about C code, and go() compiles none.',
    'Set cgo: true, or leave them out: without C code every program is static and compiled across platforms.',
  );
  requireOptions(
    !(race && isStatic),
    "The race detector doesn't work with musl.",
    'Leave out "static" or "race".',
  );
  requireOptions(
    main === undefined || sources === undefined,
    'go() can build a package or single files, not both.',
    'Give "main" for a package of a module, or "sources" for files without one.',
  );
  requireOptions(
    sources === undefined || tests === false || testCommand !== undefined,
    'Files without a module have no usual command that tests them.',
    'Give "testCommand", or run "go mod init <module>" and leave out "sources".',
  );
  return settings;
}
