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

/** Systems that Microsoft makes .NET images of; the first two have no shell. */
export type DotnetSystem = 'noble-chiseled' | 'azurelinux-distroless' | 'noble' | 'alpine';

export interface DotnetOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of .NET. Default: `'10.0'`. */
  readonly version?: string;
  /** The project file. Default: the only one at the root. */
  readonly project?: string;
  /**
   * What is published: with the runtime of the image, with a runtime of its own, with the parts of it that are used, or as
   * machine code. Default: `'framework'`.
   */
  readonly publish?: 'framework' | 'self-contained' | 'trimmed' | 'aot';
  /** The system it runs on: two without a shell, two with one. Default: `'noble-chiseled'`, of Ubuntu. */
  readonly os?: DotnetSystem;
  /** Cultures and time zones in the image; `'noble'` always has them. Default: false. */
  readonly globalization?: boolean;
  /** The ASP.NET image whose parts are compiled together: smaller, and only with its own versions. Default: false. */
  readonly composite?: boolean;
  /** Id of a secret that holds a `NuGet.config`. */
  readonly nugetConfig?: string;
}

const schema = z.object({
  version: version.default('10.0'),
  project: safePath.optional(),
  publish: z.enum(['framework', 'self-contained', 'trimmed', 'aot']).default('framework'),
  os: z.enum(['noble-chiseled', 'azurelinux-distroless', 'noble', 'alpine']).default('noble-chiseled'),
  composite: z.boolean().default(false),
  globalization: z.boolean().default(false),
  nugetConfig: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .optional(),
});

export type DotnetSettings = SettingsOf<DotnetOptions, 'project' | 'nugetConfig'>;

/** Throws `invalid-options` that names what to do. */
export function parseDotnetOptions(options: DotnetOptions): DotnetSettings {
  const settings = parseServiceOptions('dotnet', schema, options);
  const { os, publish, globalization, composite } = settings;
  requireOptions(
    !composite || (publish === 'framework' && os !== 'noble'),
    'There are composite images of ASP.NET only, and none of "noble".',
    'Use publish: "framework" on another system, or leave out "composite".',
  );
  requireOptions(
    !globalization || os !== 'alpine' || publish !== 'framework',
    "Alpine's image with the runtime has no cultures.",
    'Use publish: "self-contained" or "trimmed", or another system.',
  );
  return settings;
}
