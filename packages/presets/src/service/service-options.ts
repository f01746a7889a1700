import type { Profile, ShellCapability } from '@stagecraft/core';
import * as z from 'zod';
import type { CommonOptions } from '../options/common.ts';
import { parseOptions } from '../options/parse-options.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { HealthProbe } from './health-probe.ts';
import type { ServiceSecret } from './secrets.ts';

/** What every preset of a service takes. */
export interface ServiceOptions<C extends ShellCapability = ShellCapability> extends CommonOptions {
  /** Another image to build in, such as a mirror's copy of the usual one. */
  readonly builder?: string;
  /** Where it runs. Default: the distroless image for the language. */
  readonly runtime?: Runtime<C>;
  /** Arguments of the program. */
  readonly args?: readonly string[];
  /** How the engine asks whether the service is well. Default: not at all. */
  readonly healthcheck?: HealthProbe;
  /** Start the program below tini, for one that does not stop when it is asked to. Default: false. */
  readonly init?: boolean;
  /** PEM files of the project: certificate authorities to trust beside the usual ones. */
  readonly caCertificates?: readonly string[];
  /** Such as `Europe/Berlin`; the zone files are added where the runtime lacks them. */
  readonly timezone?: string;
  /** Such as `C.UTF-8`. */
  readonly locale?: string;
  /** Directories that belong to the user, such as `/data`. */
  readonly writableDirectories?: readonly string[];
  /** What the step that installs dependencies sees, such as credentials of a registry. */
  readonly secrets?: readonly ServiceSecret[];
  /** Adds the stage `test`, which runs the project's tests; `'required'` makes no image unless they pass. Default: false. */
  readonly tests?: boolean | 'required';
  /** The command of that stage. Default: the language's usual one. */
  readonly testCommand?: string;
}

const text = z.string().min(1, 'give a text that is not empty');

/** {@link ServiceOptions} with the defaults filled in. */
export interface ServiceSettings {
  readonly profile: Profile;
  readonly context?: string | undefined;
  readonly reproducible: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly port?: number | undefined;
  readonly user?: number | string | undefined;
  readonly builder?: string | undefined;
  readonly args: readonly string[];
  readonly healthcheck?: HealthProbe | undefined;
  readonly init: boolean;
  readonly caCertificates: readonly string[];
  readonly timezone?: string | undefined;
  readonly locale?: string | undefined;
  readonly writableDirectories: readonly string[];
  readonly secrets: readonly ServiceSecret[];
  readonly tests: boolean | 'required';
  readonly testCommand?: string | undefined;
}

/** The options of a preset with the defaults filled in, but for those that stay open. */
export type SettingsOf<Options extends ServiceOptions, Open extends keyof Options = never> = ServiceSettings &
  Required<Omit<Options, keyof ServiceOptions | Open>> & {
    readonly [Name in Open]?: Options[Name] | undefined;
  };

const duration = z
  .string()
  .regex(/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/u, 'write a duration such as "30s"')
  .optional();
const timing = {
  interval: duration,
  timeout: duration,
  startPeriod: duration,
  retries: z.number().int().min(1).optional(),
};

/** A name that is safe in paths and shell commands. */
export const safeName: z.ZodString = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]*$/u, 'use letters, digits, ".", "_" and "-"');

/** A path that is safe in shell commands. */
export const safePath: z.ZodString = z
  .string()
  .regex(/^[\w./@-]+$/u, 'use letters, digits, ".", "_", "-", "@" and "/"');

/** A version number such as `24` or `1.98`. */
export const version: z.ZodString = z.string().regex(/^\d+(?:\.\d+)*$/u, 'write a version such as "1.26"');

const serviceFields = {
  profile: z.enum(['modern', 'buildkit', 'classic']).default('buildkit'),
  context: text.optional(),
  reproducible: z.boolean().default(true),
  env: z.record(z.string(), z.string()).default({}),
  labels: z.record(z.string(), z.string()).default({}),
  port: z
    .number()
    .int('give a whole number')
    .min(1, 'ports start at 1')
    .max(65_535, 'ports end at 65535')
    .optional(),
  user: z
    .union([
      z.number().int().nonnegative(),
      z.string().regex(/^\d+(?::\d+)?$/u, 'use numbers, such as 65532 or "65532:65532"'),
    ])
    .optional(),
  builder: text.optional(),
  args: z.array(z.string()).default([]),
  healthcheck: z
    .union([
      z.strictObject({ http: z.string().startsWith('/', 'give a path such as "/healthz"'), ...timing }),
      z.strictObject({ command: z.array(text).min(1), ...timing }),
    ])
    .optional(),
  init: z.boolean().default(false),
  caCertificates: z.array(safePath).default([]),
  timezone: z
    .string()
    .regex(/^[\w+-]+(?:\/[\w+-]+)*$/u, 'name a zone such as "Europe/Berlin"')
    .optional(),
  locale: z
    .string()
    .regex(/^[\w.@-]+$/u, 'name a locale such as "C.UTF-8"')
    .optional(),
  writableDirectories: z.array(safePath.startsWith('/', 'give an absolute path')).default([]),
  secrets: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"'),
        target: text.startsWith('/', 'give an absolute path').optional(),
        env: z
          .string()
          .regex(/^[A-Za-z_]\w*$/u, 'name a variable')
          .optional(),
      }),
    )
    .default([]),
  tests: z.union([z.boolean(), z.literal('required')], 'use true, false or "required"').default(false),
  testCommand: text.optional(),
} as const;

/**
 * The options of a service: what all presets take and what `own` says, `files` and `runtime` left out.
 *
 * Throws `invalid-options` that names the option and what to do.
 */
export function parseServiceOptions<Shape extends z.ZodRawShape>(
  preset: string,
  own: z.ZodObject<Shape>,
  { files: _, runtime: __, ...options }: ServiceOptions,
): ServiceSettings & z.output<z.ZodObject<Shape>> {
  const schema = z.strictObject({ ...serviceFields, ...own.shape });
  return parseOptions(preset, schema, options) as ServiceSettings & z.output<z.ZodObject<Shape>>;
}
