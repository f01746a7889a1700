import type { ShellCapability } from '@stagecraft/core';

export type RuntimeFamily =
  | 'scratch'
  | 'distroless'
  | 'chainguard'
  | 'hardened'
  | 'alpine'
  | 'slim'
  | 'ubuntu'
  | 'chiseled'
  | 'nginx'
  | 'custom';

/** What runs a program; `none` starts the program itself. */
export type Language = 'none' | 'node' | 'python' | 'java' | 'bun' | 'deno' | 'dotnet' | 'php' | 'ruby';

/**
 * An image to run in, as data: what a preset has to know to get ENTRYPOINT, CMD, USER and WORKDIR right.
 *
 * Made by `distroless()`, `slim()` and the other family functions; frozen.
 */
export interface Runtime<C extends ShellCapability = ShellCapability> {
  readonly kind: 'Runtime';
  readonly family: RuntimeFamily;
  /** The full reference, tag included. */
  readonly image: string;
  /** The same image with a shell, where one exists. */
  readonly debugImage?: string;
  /** The shell of the debug image. */
  readonly debugShell?: string;
  readonly shell: C;
  readonly libc: 'none' | 'glibc' | 'musl';
  /** Debian codename or the like; decides which builders fit. */
  readonly distribution?: string;
  /** Which interpreter the image is for. */
  readonly language: Language;
  /** Absolute path of the interpreter. */
  readonly interpreter?: string;
  /** The image's own ENTRYPOINT. */
  readonly entrypoint?: readonly string[];
  /** The non-root user to run as. */
  readonly uid: number;
  readonly gid: number;
  /** Whether a USER instruction is needed: false where the image already runs as `uid`. */
  readonly setsUser: boolean;
  readonly packageManager?: 'apt' | 'apk' | 'dnf';
  readonly has: {
    readonly caCertificates: boolean;
    readonly timeZones: boolean;
    readonly passwd: boolean;
    readonly temporaryDirectory: boolean;
  };
  readonly architectures: readonly string[];
  /** When support ends: a month such as `2026-09`, or a condition in words. */
  readonly endOfLife?: string;
}
