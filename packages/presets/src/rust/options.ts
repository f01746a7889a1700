import type { ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import { requireOptions } from '../service/require-options.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type SettingsOf,
  safeName,
  version,
} from '../service/service-options.ts';

export interface RustOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of the toolchain. Default: `'1.98'`. */
  readonly version?: string;
  /** Name of the binary. Default: the name of the package in `Cargo.toml`. */
  readonly bin?: string;
  /** Package of a workspace to build. Default: the root package. */
  readonly package?: string;
  readonly features?: readonly string[];
  /**
   * How the binary is linked. `'dynamic'` needs glibc and libgcc, `'static'` brings glibc along and can't load name service
   * plugins, `'musl'` brings musl along. Default: `'dynamic'`.
   */
  readonly link?: 'dynamic' | 'static' | 'musl';
  /** Compile on the machine's own platform for the target's, with `tonistiigi/xx`. Default: false. */
  readonly cross?: boolean;
  /**
   * How compiled dependencies survive a changed line: in cache mounts of this engine, or as a layer of their own by cargo-chef,
   * which also travels through a registry's cache. Default: `'cache-mount'`.
   */
  readonly strategy?: 'cache-mount' | 'chef';
  /** Cargo's profile, such as one of `Cargo.toml`'s own. Default: `'release'`. */
  readonly cargoProfile?: string;
  /** Take the symbols out of the binary. Default: true; cross compilation leaves that to Cargo's profile. */
  readonly strip?: boolean;
}

const schema = z.object({
  version: version.default('1.98'),
  bin: safeName.optional(),
  package: safeName.optional(),
  features: z
    .array(z.string().regex(/^[\w/-]+$/u, 'a feature has letters, digits, "_", "-" and "/"'))
    .default([]),
  link: z.enum(['dynamic', 'static', 'musl']).default('dynamic'),
  cross: z.boolean().default(false),
  strategy: z.enum(['cache-mount', 'chef']).default('cache-mount'),
  cargoProfile: safeName.default('release'),
  strip: z.boolean().optional(),
});

export type RustSettings = SettingsOf<RustOptions, 'bin' | 'package' | 'strip'>;

/** Throws `invalid-options` that names what to do. */
export function parseRustOptions(options: RustOptions): RustSettings {
  const settings = parseServiceOptions('rust', schema, options);
  const { cross, strategy, strip } = settings;
  requireOptions(
    !(cross && strategy === 'chef'),
    'cargo-chef compiles for the platform it runs on.',
    'Leave out "cross", or use the strategy "cache-mount".',
  );
  requireOptions(
    !(cross && strip === true),
    "The machine's own strip can't read another platform's binary.",
    'Leave out "strip" and write strip = true into the profile in Cargo.toml.',
  );
  return settings;
}
