import {
  arg,
  expand,
  type Mount,
  mount,
  type ShellCapability,
  type Stage,
  StagecraftError,
} from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { createRuntime } from '../runtime/create-runtime.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';

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
  /** Cultures and time zones in the image. Default: false. */
  readonly globalization?: boolean;
  /** Id of a secret that holds a `NuGet.config`. */
  readonly nugetConfig?: string;
}

const schema = z.object({
  version: version.default('10.0'),
  project: safePath.optional(),
  publish: z.enum(['framework', 'self-contained', 'trimmed', 'aot']).default('framework'),
  globalization: z.boolean().default(false),
  nugetConfig: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .optional(),
});

type Settings = ServiceSettings & z.output<typeof schema> & { readonly project: string };

const projectFile = /\.(?:cs|fs|vb)proj$/u;
const sharedFiles = [
  'Directory.Build.props',
  'Directory.Packages.props',
  'global.json',
  'packages.lock.json',
];

/**
 * A .NET service: restores and publishes on the machine's own platform, and runs on a chiseled Ubuntu image.
 *
 * Throws `project-unsupported` without exactly one project file, and `invalid-options`.
 * @example
 * export default dotnet({ publish: 'trimmed' }).final;
 */
export function dotnet(options?: DotnetOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function dotnet<C extends ShellCapability>(
  options: DotnetOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function dotnet(options: DotnetOptions = {}): ServicePreset<ShellCapability> {
  const parsed = parseServiceOptions('dotnet', schema, options);
  const files = projectFiles(options);
  const settings = { ...parsed, port: parsed.port ?? 8080, project: parsed.project ?? onlyProject(files) };
  const runtime = options.runtime ?? chiseledRuntime(settings);
  const name = settings.project.slice(settings.project.lastIndexOf('/') + 1).replace(projectFile, '');
  const build = buildStage(settings, files);
  const tested = withTests(build, settings, 'dotnet test -c Release', (start, command) =>
    start.run(command, mountsOf(settings)),
  );
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start.with((image) => copyTree(image, tested.made, settings.profile)).workdir('/app'),
      where,
      { program: `/app/${name}` },
      settings,
    ),
  );
}

function onlyProject(files: ProjectFiles): string {
  const found = files.list('').filter((name) => projectFile.test(name));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const problem = found.length === 0 ? 'no project file' : `${found.length} project files`;
  throw new StagecraftError('project-unsupported', `The .NET project has ${problem} at its root.`, {
    hint: 'Say which one is published: dotnet({ project: "src/Api/Api.csproj" }).',
  });
}

/** Chiseled images run as `app`, 1654. */
function chiseledRuntime({ version: dotnetVersion, publish, globalization }: Settings): Runtime<'no-shell'> {
  const repository = publish === 'framework' ? 'aspnet' : 'runtime-deps';
  return createRuntime({
    family: 'chiseled',
    image: `mcr.microsoft.com/dotnet/${repository}:${dotnetVersion}-noble-chiseled${globalization ? '-extra' : ''}`,
    shell: 'no-shell',
    libc: 'glibc',
    distribution: 'noble',
    uid: 1654,
    setsUser: false,
  });
}

function buildStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { builder, profile, project, publish, nugetConfig, reproducible } = settings;
  const suffix = publish === 'aot' ? '-noble-aot' : '-noble';
  const usual = expand`mcr.microsoft.com/dotnet/sdk:${arg('DOTNET_VERSION', settings.version)}${suffix}`;
  // Machine code is only made for the platform it is made on.
  const isCross = hasMounts(profile) && publish !== 'aot';
  const platform = isCross ? { platform: expand`${arg('BUILDPLATFORM')}` } : {};
  const start = builderStage('build', builder, usual, platform).workdir('/src');
  const targeted = isCross ? start.arg('TARGETARCH') : start;
  const architecture = isCross ? ' -a $TARGETARCH' : '';
  const manifests = [project, ...sharedFiles.filter((name) => files.exists(name))];
  const options = mountsOf(settings);
  const config = nugetConfig === undefined ? '' : ` --configfile /run/secrets/${nugetConfig}`;
  const ready = manifests.reduce((result, path) => result.copy(path, `./${path}`), targeted);
  return withEpoch(
    ready
      .run(`dotnet restore${architecture}${config}${runtimeFlag(publish)} ${project}`, options)
      .copy('.', '.'),
  ).run(
    `dotnet publish --no-restore -c Release${architecture} ${publishFlags(publish)} -o ${tree}/app ${project}`,
    ...(publish === 'aot' ? [`rm -f ${tree}/app/*.dbg ${tree}/app/*.Development.json`] : []),
    ...(reproducible ? [touch(tree)] : []),
    options,
  );
}

function mountsOf(settings: Settings): { readonly mounts?: readonly Mount[] } {
  const { nugetConfig, profile } = settings;
  const secrets = secretMounts(settings, nugetConfig === undefined ? undefined : { id: nugetConfig });
  return hasMounts(profile)
    ? { mounts: [mount.cache('/root/.nuget/packages', { id: 'nuget' }), ...secrets] }
    : {};
}

/** A restore for one platform brings its runtime along. */
function runtimeFlag(publish: Settings['publish']): string {
  return publish === 'framework' ? '' : ` ${publishFlags(publish)}`;
}

function publishFlags(publish: Settings['publish']): string {
  if (publish === 'framework') return '--self-contained false';
  if (publish === 'self-contained') return '--self-contained true';
  return publish === 'trimmed'
    ? '--self-contained true -p:PublishTrimmed=true -p:PublishSingleFile=true'
    : '-p:PublishAot=true';
}
