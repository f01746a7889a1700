import * as z from 'zod';
import type { ProjectFiles } from '../project/project-files.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safePath,
  version,
} from '../service/service-options.ts';
import type { StageFiles } from '../static-site/static-site.ts';

export interface PhpOptions extends Omit<ServiceOptions<'shell'>, 'runtime' | 'builder'> {
  /** Version of PHP. Default: `'8.4'`. */
  readonly version?: string;
  /**
   * How PHP is run: behind a web server of another container, in Apache or FrankenPHP on port 8080, or as the command `args`
   * names. Default: `'fpm'`.
   */
  readonly sapi?: 'fpm' | 'apache' | 'frankenphp' | 'cli';
  /** Extensions to add, such as `pdo_mysql`; what they need of the system comes along. */
  readonly extensions?: readonly string[];
  /** Keep compiled code in memory and never look at the files again. Default: true, except for `'cli'`. */
  readonly opcache?: boolean;
  /** The directory whose files are served. Default: `'public'` where there is one, else the project. */
  readonly documentRoot?: string;
  /** Files that another stage makes, such as style sheets; they are copied into the document root. */
  readonly assets?: StageFiles;
}

const schema = z.object({
  version: version.default('8.4'),
  sapi: z.enum(['fpm', 'apache', 'frankenphp', 'cli']).default('fpm'),
  extensions: z.array(z.string().regex(/^[a-z0-9_]+$/u, 'name an extension such as "pdo_mysql"')).default([]),
  opcache: z.boolean().optional(),
  documentRoot: safePath.optional(),
});

/** {@link PhpOptions} with the defaults filled in. */
export interface PhpSettings extends ServiceSettings {
  readonly version: string;
  readonly sapi: NonNullable<PhpOptions['sapi']>;
  /** In order, opcache among them where the image lacks it. */
  readonly extensions: readonly string[];
  readonly opcache: boolean;
  readonly documentRoot: string;
  readonly assets: StageFiles | undefined;
}

/** Throws `invalid-options` that names what to do. */
export function parsePhpOptions({ assets, ...options }: PhpOptions, files: ProjectFiles): PhpSettings {
  const settings = parseServiceOptions('php', schema, options);
  const { sapi, opcache = sapi !== 'cli', documentRoot = files.exists('public') ? 'public' : '.' } = settings;
  const added = new Set(settings.extensions);
  if (opcache && !hasOpcache(settings.version)) added.add('opcache');
  return { ...settings, opcache, documentRoot, assets, extensions: [...added].sort() };
}

/** PHP itself has it since 8.5. */
function hasOpcache(phpVersion: string): boolean {
  const [major = 0, minor = 0] = phpVersion.split('.').map(Number);
  return major > 8 || (major === 8 && minor >= 5);
}
