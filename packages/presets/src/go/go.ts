import { arg, expand, type ShellCapability, type Stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { linked, runWith, type ToolCache, touch, withEpoch } from '../service/project-steps.ts';
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
import { runAgain, type TestedBuild, withTests } from '../service/test-stage.ts';
import { readGoWorkspace } from '../workspace/tools/go.ts';

export interface GoOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of the toolchain, a minor one. Default: `'1.26'`. */
  readonly version?: string;
  /** The package to build, such as `./cmd/server`. Default: `'.'`. */
  readonly main?: string;
  /** Name of the binary. Default: `'app'`. */
  readonly binary?: string;
  /** Build tags. */
  readonly tags?: readonly string[];
  /** Flags of the linker. Default: `'-s -w'`, no symbols and no debug information. */
  readonly ldflags?: string;
  /** Link to C code. The runtime then needs glibc, and the image is built on the platform it is for. Default: false. */
  readonly cgo?: boolean;
  /** Modules that are fetched from where they are, such as `example.com/*`; `secrets` may hold a `.netrc` for it. */
  readonly private?: readonly string[];
}

const schema = z.object({
  version: version.default('1.26'),
  main: safePath.default('.'),
  binary: safeName.default('app'),
  tags: z.array(z.string().regex(/^[\w.]+$/u, 'a build tag has letters, digits, "_" and "."')).default([]),
  ldflags: z
    .string()
    .regex(/^[\w ./=:+@-]*$/u, 'write flags without quotes, such as "-s -w"')
    .default('-s -w'),
  cgo: z.boolean().default(false),
  private: z.array(z.string().regex(/^[\w./*-]+$/u, 'write a pattern such as "example.com/*"')).default([]),
});

type Settings = ServiceSettings & z.output<typeof schema>;

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
  const settings = parseServiceOptions('go', schema, options);
  const runtime = options.runtime ?? distroless(settings.cgo ? 'base-nossl' : 'static');
  const files = projectFiles(options);
  requireFile(files, ['go.mod', 'go.work'], 'Go', 'Run "go mod init <module>" and commit the file.');
  requireLanguage(runtime, ['none'], 'Use distroless("static"), scratch() or slim() for a Go binary.');
  if (settings.cgo) requireLibc(runtime, 'glibc', 'Use distroless("base-nossl"), or set cgo: false.');
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

function testedBuild(settings: Settings, files: ProjectFiles): TestedBuild {
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

/** Go compiles for any platform, unless C code is involved; so it runs on the machine's own, without emulation. */
function buildStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { builder, profile, cgo } = settings;
  const isCross = hasMounts(profile) && !cgo;
  const usual = expand`golang:${arg('GO_VERSION', settings.version)}-trixie`;
  const platform = isCross ? { platform: expand`${arg('BUILDPLATFORM')}` } : {};
  const start = builderStage('build', builder, usual, platform)
    .workdir('/src')
    .env({
      CGO_ENABLED: cgo ? '1' : '0',
      GOTOOLCHAIN: 'local',
      GOFLAGS: isVendored(files) ? '-mod=vendor' : '-mod=readonly',
      ...(settings.private.length > 0 && { GOPRIVATE: settings.private.join(',') }),
    });
  const downloaded = isVendored(files) ? start : download(start, settings, files);
  const targeted = isCross ? downloaded.arg('TARGETOS').arg('TARGETARCH') : downloaded;
  const step = { reads: ['.'], caches: cachesOf(files) };
  return runWith(withEpoch(targeted), profile, step, ...compile(settings, isCross));
}

/** The modules in a step of their own, so that a changed source file doesn't download them again. */
function download(start: Stage<'shell'>, settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const workspace = readGoWorkspace(files);
  const manifests = workspace?.members.flatMap((member) => member.manifests) ?? ['go.mod', 'go.sum'];
  const reads = [...(workspace?.rootFiles ?? []), ...manifests].filter((name) => files.exists(name));
  const step = { reads, caches: [moduleCache], mounts: secretMounts(settings) };
  return runWith(start, settings.profile, step, 'go mod download');
}

function compile(settings: Settings, isCross: boolean): readonly string[] {
  const { main, binary, tags, ldflags, reproducible } = settings;
  const target = isCross ? 'GOOS=$TARGETOS GOARCH=$TARGETARCH ' : '';
  const tagFlag = tags.length === 0 ? '' : ` -tags=${tags.join(',')}`;
  const linker = `${ldflags} -buildid=`.trim();
  return [
    `${target}go build -trimpath -ldflags="${linker}"${tagFlag} -o /out/${binary} ${main}`,
    ...(reproducible ? [touch(`/out/${binary}`)] : []),
  ];
}
