import {
  arg,
  expand,
  type Mount,
  mount,
  type ShellCapability,
  type Stage,
  StagecraftError,
} from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { secretMounts } from '../service/secrets.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';
import { type DotnetOptions, type DotnetSettings, parseDotnetOptions } from './options.ts';
import { dotnetRuntime, sdkTag } from './runtime.ts';

const projectFile = /\.(?:cs|fs|vb)proj$/u;
const sharedFiles = [
  'Directory.Build.props',
  'Directory.Packages.props',
  'global.json',
  'packages.lock.json',
];

/** With the project file found. */
type Settings = DotnetSettings & { readonly project: string };

/**
 * A .NET service: restores and publishes on the machine's own platform, and runs on a chiseled Ubuntu image.
 *
 * Throws `project-unsupported` without exactly one project file, and `invalid-options`.
 * @example
 * export default dotnet({ publish: 'trimmed' }).final;
 */
export function dotnet(
  options: DotnetOptions<'shell'> & { readonly os: 'noble' | 'alpine'; readonly runtime?: undefined },
): ServicePreset<'shell'>;
export function dotnet(options?: DotnetOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function dotnet<C extends ShellCapability>(
  options: DotnetOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function dotnet(options: DotnetOptions = {}): ServicePreset<ShellCapability> {
  const parsed = parseDotnetOptions(options);
  const files = projectFiles(options);
  const settings = { ...parsed, port: parsed.port ?? 8080, project: parsed.project ?? onlyProject(files) };
  const runtime = options.runtime ?? dotnetRuntime(settings);
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

function buildStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { builder, profile, project, publish, nugetConfig, reproducible } = settings;
  const usual = expand`mcr.microsoft.com/dotnet/sdk:${arg('DOTNET_VERSION', settings.version)}-${sdkTag(settings)}`;
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
