import type { ShellCapability, Stage } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { requireCrossBuilder } from '../service/cross-tools.ts';
import { finishService } from '../service/finish-service.ts';
import { linked, runWith, type ToolCache, touch, withEpoch } from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import { type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, type TestedBuild, withTests } from '../service/test-stage.ts';
import { readGoWorkspace } from '../workspace/tools/go.ts';
import { type GoOptions, type GoSettings, parseGoOptions } from './options.ts';
import { type Compilation, compilationOf, goStage } from './toolchain.ts';

const moduleCache = { id: 'gomod', target: '/go/pkg/mod' } as const;
const buildCache = { id: 'gobuild', target: '/root/.cache/go-build' } as const;

/**
 * A Go service: downloads modules, compiles a static binary on the machine's own platform, copies it into an image that holds
 * nothing else.
 *
 * Looks for `go.mod`, `go.sum`, `go.work` and `vendor/`. Throws `project-unsupported` without a `go.mod` or for a runtime that
 * lacks the C library, and `invalid-options`.
 * @example
 * export default go({ main: './cmd/server', port: 8080 }).final;
 */
export function go(options?: GoOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function go<C extends ShellCapability>(
  options: GoOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function go(options: GoOptions = {}): ServicePreset<ShellCapability> {
  const settings = parseGoOptions(options);
  const isLinked = settings.cgo && !settings.static;
  const runtime = options.runtime ?? distroless(isLinked ? 'base-nossl' : 'static');
  const files = projectFiles(options);
  if (settings.sources === undefined) {
    requireFile(
      files,
      ['go.mod', 'go.work'],
      'Go',
      'Run "go mod init <module>" and commit the file, or name single files with "sources".',
    );
  } else for (const name of settings.sources) requireFile(files, [name], 'Go', 'Correct "sources".');
  requireLanguage(runtime, ['none'], 'Use distroless("static"), scratch() or slim() for a Go binary.');
  if (isLinked) requireLibc(runtime, 'glibc', 'Use distroless("base-nossl"), or set static: true.');
  if (settings.cross) requireCrossBuilder(settings.profile);
  const tested = testedBuild(settings, files);
  const program = `/${settings.binary}`;
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start.workdir('/').copyFrom(tested.made, `/out/${settings.binary}`, program, linked(settings.profile)),
      where,
      { program },
      settings,
    ),
  );
}

function testedBuild(settings: GoSettings, files: ProjectFiles): TestedBuild {
  const { profile } = settings;
  const step = { reads: ['.'], caches: cachesOf(files) };
  return withTests(buildStage(settings, files), settings, 'go test ./...', (start, command) =>
    runAgain(start, profile, step, command),
  );
}

function cachesOf(files: ProjectFiles): readonly ToolCache[] {
  return isVendored(files) ? [buildCache] : [moduleCache, buildCache];
}

function isVendored(files: ProjectFiles): boolean {
  return files.exists('vendor/modules.txt');
}

function buildStage(settings: GoSettings, files: ProjectFiles): Stage<'shell'> {
  const { profile, cgo } = settings;
  const start = goStage(settings)
    .workdir('/src')
    .env({
      CGO_ENABLED: cgo ? '1' : '0',
      GOTOOLCHAIN: 'local',
      GOFLAGS: isVendored(files) ? '-mod=vendor' : '-mod=readonly',
      ...(settings.private.length > 0 && { GOPRIVATE: settings.private.join(',') }),
    });
  const isFetched = !isVendored(files) && settings.sources === undefined;
  const downloaded = isFetched ? download(start, settings, files) : start;
  const compilation = compilationOf(settings);
  const targeted = compilation === 'by-go' ? downloaded.arg('TARGETOS').arg('TARGETARCH') : downloaded;
  const step = { reads: settings.sources ?? ['.'], caches: cachesOf(files) };
  return runWith(withEpoch(targeted), profile, step, ...compile(settings, compilation));
}

/** The modules in a step of their own, so that a changed source file doesn't download them again. */
function download(start: Stage<'shell'>, settings: GoSettings, files: ProjectFiles): Stage<'shell'> {
  const workspace = readGoWorkspace(files);
  const manifests = workspace?.members.flatMap((member) => member.manifests) ?? ['go.mod', 'go.sum'];
  const reads = [...(workspace?.rootFiles ?? []), ...manifests].filter((name) => files.exists(name));
  const step = { reads, caches: [moduleCache], mounts: secretMounts(settings) };
  return runWith(start, settings.profile, step, 'go mod download');
}

function compile(settings: GoSettings, compilation: Compilation): readonly string[] {
  const { main = '.', sources, binary, tags, ldflags, reproducible, race, upx } = settings;
  const go = { native: 'go', 'by-go': 'GOOS=$TARGETOS GOARCH=$TARGETARCH go', 'by-xx': 'xx-go' }[compilation];
  const tagFlag = tags.length === 0 ? '' : ` -tags=${tags.join(',')}`;
  const linker = [ldflags, settings.static ? '-linkmode external -extldflags -static' : '', '-buildid=']
    .filter((flags) => flags !== '')
    .join(' ');
  const what = sources?.join(' ') ?? main;
  return [
    `${go} build -trimpath${race ? ' -race' : ''} -ldflags="${linker}"${tagFlag} -o /out/${binary} ${what}`,
    ...(upx ? [`upx --best --lzma /out/${binary}`] : []),
    ...(reproducible ? [touch(`/out/${binary}`)] : []),
  ];
}
