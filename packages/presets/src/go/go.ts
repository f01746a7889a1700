import {
  arg,
  expand,
  final,
  type Profile,
  type ShellCapability,
  type Stage,
  StagecraftError,
  stage,
} from '@stagecraft/core';
import * as z from 'zod';
import { type CommonOptions, projectFiles } from '../options/common.ts';
import { parseOptions } from '../options/parse-options.ts';
import { bindMounts, cacheMounts, hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import { launch } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { startFrom } from '../runtime/start-from.ts';

export interface GoOptions<C extends ShellCapability = ShellCapability> extends CommonOptions {
  /** Version of the toolchain, a minor one. Default: `'1.26'`. */
  readonly version?: string;
  /** The package to build, such as `./cmd/server`. Default: `'.'`. */
  readonly main?: string;
  /** Name of the binary. Default: `'app'`. */
  readonly binary?: string;
  /** Where it runs. Default: distroless `static`. */
  readonly runtime?: Runtime<C>;
  /** Build tags. */
  readonly tags?: readonly string[];
}

/** The stages of a Go service. */
export interface GoPreset<C extends ShellCapability> {
  readonly build: Stage<'shell'>;
  readonly final: Stage<C>;
}

const schema = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+(?:\.\d+)?$/u, 'write a version such as "1.26"')
    .default('1.26'),
  main: z
    .string()
    .regex(/^[\w./-]+$/u, 'name a package such as "./cmd/server"')
    .default('.'),
  binary: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .default('app'),
  tags: z.array(z.string().regex(/^[\w.]+$/u, 'a build tag has letters, digits, "_" and "."')).default([]),
  profile: z.enum(['modern', 'buildkit', 'classic']).default('buildkit'),
  reproducible: z.boolean().default(true),
  port: z.number().int().min(1).max(65_535).optional(),
  env: z.record(z.string(), z.string()).default({}),
  labels: z.record(z.string(), z.string()).default({}),
  user: z
    .union([
      z.number().int().nonnegative(),
      z.string().regex(/^\d+(?::\d+)?$/u, 'use numbers, such as 65532 or "65532:65532"'),
    ])
    .optional(),
  context: z.string().optional(),
});

/**
 * A Go service: downloads modules, compiles a static binary, copies it into an image that holds nothing else.
 *
 * Looks for `go.mod`, `go.sum` and `vendor/`. Throws `project-unsupported` without a `go.mod`, and `invalid-options`.
 * @example
 * export default go({ main: './cmd/server', port: 8080 }).final;
 */
export function go(options?: GoOptions<'no-shell'>): GoPreset<'no-shell'>;
export function go<C extends ShellCapability>(
  options: GoOptions<C> & { readonly runtime: Runtime<C> },
): GoPreset<C>;
export function go(options: GoOptions = {}): GoPreset<ShellCapability> {
  const { files: _, runtime = distroless('static'), ...given } = options;
  const settings = parseOptions('go', schema, given);
  const files = projectFiles(options);
  if (!files.exists('go.mod')) {
    throw new StagecraftError('project-unsupported', 'The Go project has no "go.mod".', {
      hint: 'Run "go mod init <module>" and commit the file.',
    });
  }
  if (runtime.language !== 'none') {
    throw new StagecraftError(
      'project-unsupported',
      `The runtime "${runtime.image}" is made for ${runtime.language}.`,
      {
        hint: 'Use distroless("static"), scratch() or slim() for a Go binary.',
      },
    );
  }
  const build = buildStage(settings, files);
  const binary = `/${settings.binary}`;
  const start = startFrom(final(), runtime).workdir('/');
  const { entrypoint = [binary] } = launch(runtime, { program: binary });
  const copied = start
    .copyFrom(build, `/out/${settings.binary}`, binary)
    .with((image) => withSettings(image, settings));
  const user = settings.user ?? (runtime.setsUser ? `${runtime.uid}:${runtime.gid}` : undefined);
  const owned = user === undefined ? copied : copied.user(user);
  return Object.freeze({ build, final: owned.entrypoint([...entrypoint]) });
}

type Settings = z.output<typeof schema>;

function buildStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { version, profile, main, binary, tags, reproducible } = settings;
  const vendored = files.exists('vendor/modules.txt');
  const base = stage('build')
    .from(expand`golang:${arg('GO_VERSION', version)}-trixie`)
    .workdir('/src')
    .env({ CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: vendored ? '-mod=vendor' : '-mod=readonly' });
  const manifests = ['go.mod', ...(files.exists('go.sum') ? ['go.sum'] : [])];
  const downloaded = vendored ? base : download(base, manifests, profile);
  const flags = tags.length === 0 ? '' : ` -tags=${tags.join(',')}`;
  const compile = `go build -trimpath -ldflags="-s -w -buildid="${flags} -o /out/${binary} ${main}`;
  const touch = reproducible ? [`touch -d @0 /out/${binary}`] : [];
  if (!hasMounts(profile)) return downloaded.copy('.', '.').run(compile, ...touch);
  const caches = vendored ? cacheMounts('goBuild') : cacheMounts('goModules', 'goBuild');
  return downloaded.run(compile, ...touch, { mounts: [...caches, ...bindMounts('.')] });
}

/** The modules in a step of their own, so that a changed source file doesn't download them again. */
function download(base: Stage<'shell'>, manifests: readonly string[], profile: Profile): Stage<'shell'> {
  if (!hasMounts(profile)) return base.copy(manifests, './').run('go mod download');
  return base.run('go mod download', { mounts: [...cacheMounts('goModules'), ...bindMounts(...manifests)] });
}

function withSettings(image: Stage, { env, labels, port }: Settings): Stage {
  const withEnv = Object.keys(env).length === 0 ? image : image.env(env);
  const withLabels = Object.keys(labels).length === 0 ? withEnv : withEnv.label(labels);
  return port === undefined ? withLabels : withLabels.expose(port);
}
