import type { LintFormat, LintPolicy, Profile, Severity } from '@stagecraft/core';
import type { ProgressKind } from './progress/progress.ts';

/**
 * Defaults for the command line, in `stagecraft.config.ts`. What is given on the command line wins. A key has the
 * meaning of the option of that name; paths are relative to the working directory.
 */
export interface StagecraftConfig {
  /** The file that exports the images. Default: `image.ts`. */
  readonly file?: string;
  /** Which export, when there are several. */
  readonly target?: string;
  /** The build context, for `build` and `context`. Default: `.`. */
  readonly context?: string;
  /** The Dockerfile dialect. Default: `modern` for text, what the engine understands for a build. */
  readonly profile?: Profile;
  /** The committed Dockerfile, for `check`. Default: `Dockerfile` beside the file. */
  readonly dockerfile?: string;
  readonly build?: BuildConfig;
  readonly lint?: LintConfig;
}

/** Defaults for `stagecraft build`, each written as on the command line. */
export interface BuildConfig {
  readonly engine?: string;
  readonly tag?: readonly string[];
  readonly label?: readonly string[];
  readonly buildArg?: readonly string[];
  readonly buildContext?: readonly string[];
  readonly secret?: readonly string[];
  readonly ssh?: readonly string[];
  readonly platform?: readonly string[];
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  readonly output?: readonly string[];
  readonly addHost?: readonly string[];
  readonly network?: 'default' | 'none' | 'host';
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly load?: boolean;
  readonly sbom?: boolean;
  readonly provenance?: 'false' | 'min' | 'max';
  readonly progress?: ProgressKind;
}

/** Defaults for `stagecraft lint`. */
export interface LintConfig {
  readonly format?: LintFormat;
  readonly failOn?: Severity;
  /** Rules to silence. */
  readonly off?: readonly string[];
  /** A policy, or the file or package that exports one. */
  readonly policy?: string | LintPolicy;
}

/**
 * The configuration, with its types; returns what it is given.
 * @example
 * export default defineConfig({ file: 'deploy/image.ts', build: { progress: 'plain' } });
 */
export function defineConfig(config: StagecraftConfig): StagecraftConfig {
  return config;
}
