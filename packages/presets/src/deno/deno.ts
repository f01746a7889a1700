import { arg, expand, type ShellCapability, type Stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, withTests } from '../service/test-stage.ts';

/** What a Deno program may do: true for everything of a kind, a list for some of it. */
export type DenoPermissions = Readonly<
  Partial<
    Record<'net' | 'read' | 'write' | 'env' | 'run' | 'sys' | 'ffi' | 'import', boolean | readonly string[]>
  >
>;

export interface DenoOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Deno. Default: `'2.9'`. */
  readonly version?: string;
  /** The file to run. Default: `'main.ts'`. */
  readonly entry?: string;
  /** Name of the program that is compiled. Default: `'server'`. */
  readonly binary?: string;
  /** Default: the network and the environment. */
  readonly permissions?: DenoPermissions;
}

const permission = z.union([
  z.boolean(),
  z.array(z.string().regex(/^[\w./:*-]+$/u, 'name a host, path or variable')),
]);
const schema = z.object({
  version: version.default('2.9'),
  entry: safePath.default('main.ts'),
  binary: safeName.default('server'),
  permissions: z
    .partialRecord(z.enum(['net', 'read', 'write', 'env', 'run', 'sys', 'ffi', 'import']), permission)
    .default({ net: true, env: true }),
});

const caches = [{ id: 'deno', target: '/deno-dir', sharing: 'locked' as const }];

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * A Deno service: compiled with its modules, Deno itself and exactly the permissions it is given, into one program.
 *
 * Throws `project-unsupported` without `deno.lock` or for a runtime that lacks glibc, and `invalid-options`.
 * @example
 * export default deno({ entry: 'main.ts', permissions: { net: [':8000'] }, port: 8000 }).final;
 */
export function deno(options?: DenoOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function deno<C extends ShellCapability>(
  options: DenoOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function deno(options: DenoOptions = {}): ServicePreset<ShellCapability> {
  const settings = parseServiceOptions('deno', schema, options);
  const runtime = options.runtime ?? distroless('cc');
  const files = projectFiles(options);
  requireLanguage(runtime, ['none'], 'Deno is compiled into the program: use distroless("cc") or slim().');
  requireLibc(runtime, 'glibc', 'Use distroless("cc") or slim().');
  const manifest = requireFile(
    files,
    ['deno.json', 'deno.jsonc', 'package.json'],
    'Deno',
    'Run "deno init" and commit the file.',
  );
  requireFile(files, ['deno.lock'], 'Deno', 'Run "deno install" and commit the lockfile.');
  const usual = ['deno test --frozen', ...flagsOf(settings)].join(' ');
  const tested = withTests(buildStage(settings, manifest), settings, usual, (start, command) =>
    runAgain(start, settings.profile, { reads: [], caches }, command),
  );
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .env({ DENO_NO_UPDATE_CHECK: '1', DENO_NO_PROMPT: '1' })
        .with((image) => copyTree(image, tested.made, settings.profile))
        .workdir('/'),
      where,
      { program: `/${settings.binary}` },
      settings,
    ),
  );
}

function flagsOf({ permissions }: Settings): readonly string[] {
  return Object.entries(permissions).flatMap(([kind, value]) => {
    if (value === undefined || value === false) return [];
    return [value === true ? `--allow-${kind}` : `--allow-${kind}=${value.join(',')}`];
  });
}

function buildStage(settings: Settings, manifest: string): Stage<'shell'> {
  const { builder, profile, entry, binary, reproducible } = settings;
  const usual = expand`denoland/deno:${arg('DENO_VERSION', settings.version)}`;
  const start = builderStage('build', builder, usual).env('DENO_DIR', '/deno-dir').workdir('/app');
  const ready = withEpoch(start);
  const installed = runWith(
    ready,
    profile,
    { reads: [manifest, 'deno.lock'], caches, mounts: secretMounts(settings) },
    'deno install --frozen',
  );
  return runWith(
    installed.copy('.', '.'),
    profile,
    { reads: [], caches },
    ['deno compile --frozen', ...flagsOf(settings), `--output ${tree}/${binary} ${entry}`].join(' '),
    ...(reproducible ? [touch(tree)] : []),
  );
}
