import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import * as z from 'zod';
import {
  findPackageManager,
  type PackageManager,
  readPackageJson,
  requireTestScript,
} from '../node/package-manager.ts';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireOptions } from '../service/require-options.ts';
import { requireFile, requireLanguage } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';

export interface NextjsOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Node.js. Default: `'24'`. */
  readonly version?: string;
  /**
   * Keep `.next/cache` in a cache mount: a quicker build. It also keeps what pages fetched while an earlier image was built.
   * Default: false.
   */
  readonly buildCache?: boolean;
}

const schema = z.object({ version: version.default('24'), buildCache: z.boolean().default(false) });

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * A Next.js application in its standalone form: the server and the packages it really uses.
 *
 * Throws `project-unsupported` without a lockfile or unless the configuration says `output: 'standalone'`, and
 * `invalid-options`. Incremental pages are kept in memory: the image can be read-only.
 * @see https://nextjs.org/docs/app/api-reference/config/next-config-js/output
 * @example
 * export default nextjs().final;
 */
export function nextjs(options?: NextjsOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function nextjs<C extends ShellCapability>(
  options: NextjsOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function nextjs(options: NextjsOptions = {}): ServicePreset<ShellCapability> {
  const parsed = parseServiceOptions('nextjs', schema, options);
  const settings = { ...parsed, port: parsed.port ?? 3000 };
  const runtime = options.runtime ?? distroless('nodejs24');
  requireLanguage(
    runtime,
    ['node'],
    'Use distroless("nodejs24") or slim("node:24-trixie-slim", { language: "node" }).',
  );
  const files = projectFiles(options);
  requireStandalone(files);
  requireOptions(
    !settings.buildCache || hasMounts(settings.profile),
    'Without cache mounts nothing of the build survives.',
    'Use the profile "buildkit", or leave out "buildCache".',
  );
  const manifest = readPackageJson(files);
  const manager = findPackageManager(files, manifest);
  requireTestScript(settings, manifest);
  const tested = withTests(buildStage(settings, files, manager), settings, manager.run('test'));
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .env({ NODE_ENV: 'production', PORT: settings.port, HOSTNAME: '0.0.0.0' })
        .with((image) => copyTree(image, tested.made, settings.profile))
        .workdir('/app'),
      where,
      { language: 'node', program: 'server.js' },
      settings,
    ),
  );
}

function requireStandalone(files: ProjectFiles): void {
  const names = ['next.config.ts', 'next.config.mjs', 'next.config.js', 'next.config.cjs'] as const;
  const name = requireFile(files, names, 'Next.js', 'Write one that says output: "standalone".');
  const text = files.read(name) ?? '';
  if (/\bstandalone\b/u.test(text)) return;
  if (/output:\s*["']export["']/u.test(text)) {
    throw new StagecraftError(
      'project-unsupported',
      `"${name}" says output: "export": files without a server.`,
      {
        hint: 'Make them with node({ production: "bundle", outputs: ["out"] }) and serve its stage "build" with staticSite().',
      },
    );
  }
  throw new StagecraftError('project-unsupported', `"${name}" does not say output: "standalone".`, {
    hint: 'Add it: the image then holds the server and the packages it uses, and nothing else.',
  });
}

function buildStage(settings: Settings, files: ProjectFiles, manager: PackageManager): Stage<'shell'> {
  const { builder, profile, reproducible, buildCache } = settings;
  const usual = expand`node:${arg('NODE_VERSION', settings.version)}-trixie-slim`;
  const start = builderStage('build', builder, usual)
    .workdir('/app')
    .env({ CI: 'true', NEXT_TELEMETRY_DISABLED: '1' });
  const equipped = manager.setup === undefined ? start : start.run(manager.setup);
  const step = { reads: manager.reads, caches: [manager.cache], mounts: secretMounts(settings) };
  const installed = runWith(equipped, profile, step, manager.install).copy('.', '.');
  const caches = buildCache ? [{ id: 'nextjs', target: '/app/.next/cache' }] : [];
  return runWith(
    withEpoch(installed),
    profile,
    { reads: [], caches },
    manager.run('build'),
    `mkdir -p ${tree}/app/.next`,
    `cp -R .next/standalone/. ${tree}/app/`,
    `cp -R .next/static ${tree}/app/.next/`,
    ...(files.exists('public') ? [`cp -R public ${tree}/app/`] : []),
    ...(reproducible ? [touch(tree)] : []),
  );
}
