import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { crossTools, requireCrossBuilder } from '../service/cross-tools.ts';
import { finishService } from '../service/finish-service.ts';
import { linked, runWith, withEpoch } from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, type TestedBuild, withTests } from '../service/test-stage.ts';
import { type CargoSettings, cargoBuild, cargoStep, cookDependencies, refreshed } from './cargo.ts';
import { parseRustOptions, type RustOptions } from './options.ts';

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
  const parsed = parseRustOptions(options);
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

function testedBuild(settings: CargoSettings): TestedBuild {
  const { package: packageName } = settings;
  const usual = `cargo test --locked --target-dir /target${packageName === undefined ? '' : ` --package ${packageName}`}`;
  return withTests(buildStage(settings), settings, usual, (start, command) =>
    runAgain(start, settings.profile, cargoStep(settings), ...refreshed(settings), command),
  );
}

function buildStage(settings: CargoSettings): Stage<'shell'> {
  const { profile } = settings;
  const ready = settings.strategy === 'chef' ? chefStage(settings) : toolchainStage(settings).workdir('/src');
  return runWith(withEpoch(ready), profile, cargoStep(settings), ...cargoBuild(settings));
}

function toolchainStage({ profile, cross, builder, version }: CargoSettings): Stage<'shell'> {
  const usual = expand`rust:${arg('RUST_VERSION', version)}-trixie`;
  if (!cross) return builderStage('build', builder, usual);
  requireCrossBuilder(profile);
  return crossTools(builderStage('build', builder, usual, { platform: expand`${arg('BUILDPLATFORM')}` }));
}

function chefStage(settings: CargoSettings): Stage<'shell'> {
  const { builder, version } = settings;
  const usual = expand`lukemathwalker/cargo-chef:latest-rust-${arg('RUST_VERSION', version)}-trixie`;
  return cookDependencies(builderStage('chef', builder, usual).workdir('/src'), settings);
}
