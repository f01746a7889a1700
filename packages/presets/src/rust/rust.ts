import {
  arg,
  expand,
  image,
  type Profile,
  type ShellCapability,
  type Stage,
  StagecraftError,
} from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishService } from '../service/finish-service.ts';
import {
  linked,
  type ProjectStep,
  runWith,
  type ToolCache,
  touch,
  withEpoch,
} from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, type TestedBuild, withTests } from '../service/test-stage.ts';

export interface RustOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of the toolchain. Default: `'1.98'`. */
  readonly version?: string;
  /** Name of the binary. Default: the name of the package in `Cargo.toml`. */
  readonly bin?: string;
  /** Package of a workspace to build. Default: the root package. */
  readonly package?: string;
  readonly features?: readonly string[];
  /**
   * How the binary is linked. `'dynamic'` needs glibc and libgcc, `'static'` brings glibc along and can't load name service
   * plugins, `'musl'` brings musl along. Default: `'dynamic'`.
   */
  readonly link?: 'dynamic' | 'static' | 'musl';
  /** Compile on the machine's own platform for the target's, with `tonistiigi/xx`. Default: false. */
  readonly cross?: boolean;
}

const schema = z.object({
  version: version.default('1.98'),
  bin: safeName.optional(),
  package: safeName.optional(),
  features: z
    .array(z.string().regex(/^[\w/-]+$/u, 'a feature has letters, digits, "_", "-" and "/"'))
    .default([]),
  link: z.enum(['dynamic', 'static', 'musl']).default('dynamic'),
  cross: z.boolean().default(false),
});

type Settings = ServiceSettings & z.output<typeof schema> & { readonly bin: string };

const caches: readonly ToolCache[] = [
  { id: 'cargo-registry', target: '/usr/local/cargo/registry' },
  { id: 'cargo-git', target: '/usr/local/cargo/git/db' },
  { id: 'cargo-target', target: '/target', sharing: 'locked' },
];

/**
 * Cargo goes by times, and those of files in memory, or of files that were put back, may be older than what the cache of the
 * last build holds. With new ones the project's own crates are compiled again, and what they need is kept.
 */
const refresh = 'find . -type f -exec touch {} +';

/**
 * A Rust service: compiles with `cargo --locked` and copies the binary into an image that holds nothing else.
 *
 * Needs `Cargo.toml` and `Cargo.lock`. Throws `project-unsupported` without them or for a runtime that lacks the C library
 * the binary is linked to, and `invalid-options`.
 * @example
 * export default rust({ link: 'static', runtime: distroless('static') }).final;
 */
export function rust(options?: RustOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function rust<C extends ShellCapability>(
  options: RustOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function rust(options: RustOptions = {}): ServicePreset<ShellCapability> {
  const parsed = parseServiceOptions('rust', schema, options);
  const runtime = options.runtime ?? distroless(parsed.link === 'dynamic' ? 'cc' : 'static');
  const files = projectFiles(options);
  requireFile(files, ['Cargo.toml'], 'Rust', 'Run "cargo init" and commit the file.');
  requireFile(files, ['Cargo.lock'], 'Rust', 'Run "cargo generate-lockfile" and commit the file.');
  requireLanguage(runtime, ['none'], 'Use distroless("cc"), distroless("static"), slim() or scratch().');
  if (parsed.link === 'dynamic') {
    requireLibc(runtime, 'glibc', 'Set link: "musl" or "static", or use distroless("cc").');
  }
  const settings = { ...parsed, bin: parsed.bin ?? binaryOf(files.read('Cargo.toml') ?? '') };
  const tested = testedBuild(settings);
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .workdir('/')
        .copyFrom(tested.made, `/out/${settings.bin}`, `/${settings.bin}`, linked(settings.profile)),
      where,
      { program: `/${settings.bin}` },
      settings,
    ),
  );
}

function binaryOf(manifest: string): string {
  const [, section = ''] = /^\[package\]$(.*?)(?=^\[|$(?![\s\S]))/msu.exec(manifest) ?? [];
  const [, name] = /^name\s*=\s*"([^"]+)"/mu.exec(section) ?? [];
  if (name !== undefined) return name;
  throw new StagecraftError(
    'project-unsupported',
    'The "Cargo.toml" is of a workspace without a root package.',
    {
      hint: 'Say what to build: rust({ package: "server", bin: "server" }).',
    },
  );
}

function testedBuild(settings: Settings): TestedBuild {
  const { package: packageName } = settings;
  const usual = `cargo test --locked --target-dir /target${packageName === undefined ? '' : ` --package ${packageName}`}`;
  return withTests(buildStage(settings), settings, usual, (start, command) =>
    runAgain(start, settings.profile, stepOf(settings), ...refreshed(settings.profile), command),
  );
}

function stepOf(settings: Settings): ProjectStep {
  return { reads: ['.'], caches, mounts: secretMounts(settings), changes: true };
}

/** Without a cache mount there is nothing old to take. */
function refreshed(profile: Profile): readonly string[] {
  return hasMounts(profile) ? [refresh] : [];
}

function buildStage(settings: Settings): Stage<'shell'> {
  const { profile, cross, builder, version: rustVersion } = settings;
  if (cross && !hasMounts(profile)) {
    throw new StagecraftError(
      'unsupported-feature',
      "The classic builder can't compile for another platform.",
      {
        hint: 'Use the profile "buildkit", or build on a machine of that platform.',
      },
    );
  }
  const usual = expand`rust:${arg('RUST_VERSION', rustVersion)}-trixie`;
  const start = cross
    ? crossTools(builderStage('build', builder, usual, { platform: expand`${arg('BUILDPLATFORM')}` }))
    : builderStage('build', builder, usual);
  const ready = withEpoch(start.workdir('/src'));
  return runWith(ready, profile, stepOf(settings), ...commands(settings, profile));
}

/** `xx` gives the compiler and linker of the target platform. */
function crossTools(start: Stage<'shell'>): Stage<'shell'> {
  const equipped = start
    .comment('check=skip=no-copy-over-system-path xx is made to be copied over the root')
    .copyFrom(image('tonistiigi/xx:1.8.0'), '/', '/');
  return aptInstall(equipped, ['clang', 'lld'])
    .arg('TARGETPLATFORM')
    .run(
      'xx-apt-get update',
      'xx-apt-get install -y --no-install-recommends gcc libc6-dev',
      'rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin',
    );
}

function commands(settings: Settings, profile: Profile): readonly string[] {
  const { bin, features, link, cross, reproducible, package: packageName } = settings;
  const cargo = cross ? 'xx-cargo' : 'cargo';
  const triple = cross
    ? '$(xx-cargo --print-target-triple)'
    : link === 'dynamic'
      ? undefined
      : `$(rustc -vV | sed -n 's/^host: //p'${link === 'musl' ? " | sed 's/-gnu$/-musl/'" : ''})`;
  const flags = [
    '--locked --release --target-dir /target',
    ...(packageName === undefined ? [] : [`--package ${packageName}`]),
    `--bin ${bin}`,
    ...(features.length === 0 ? [] : [`--features ${features.join(',')}`]),
    ...(triple === undefined || cross ? [] : [`--target "${triple}"`]),
  ].join(' ');
  const prefix = link === 'static' ? "RUSTFLAGS='-C target-feature=+crt-static' " : '';
  const output = triple === undefined ? `/target/release/${bin}` : `"/target/${triple}/release/${bin}"`;
  return [
    ...refreshed(profile),
    ...(link === 'musl' && !cross ? [`rustup target add "${triple}"`] : []),
    `${prefix}${cargo} build ${flags}`,
    `install -D -m 755 ${output} /out/${bin}`,
    ...(cross ? [] : [`strip /out/${bin}`]),
    ...(reproducible ? [touch(`/out/${bin}`)] : []),
    ...(profile === 'classic' ? ['rm -rf /target'] : []),
  ];
}
