import { type Stage, stage } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';
import { type ProjectStep, runWith, type ToolCache, touch } from '../service/project-steps.ts';
import { secretMounts } from '../service/secrets.ts';
import type { RustSettings } from './options.ts';

/** What is built, once the name of the binary is known. */
export type CargoSettings = RustSettings & { readonly bin: string };

const caches: readonly ToolCache[] = [
  { id: 'cargo-registry', target: '/usr/local/cargo/registry' },
  { id: 'cargo-git', target: '/usr/local/cargo/git/db' },
  { id: 'cargo-target', target: '/target', sharing: 'locked' },
];

/**
 * Cargo goes by times, and those of files in memory, or of files that were put back, may be older than what the last build
 * left. With new ones the project's own crates are compiled again, and what they need is kept.
 */
const refresh = 'find . -type f -exec touch {} +';

/** A step that reads the whole project. With cargo-chef what earlier steps fetched and compiled is in their layers. */
export function cargoStep(settings: CargoSettings): ProjectStep {
  const kept = settings.strategy === 'chef' ? [] : caches;
  return { reads: ['.'], caches: kept, mounts: secretMounts(settings), changes: true };
}

/** Without anything kept from before there is nothing old to take. */
export function refreshed({ profile, strategy }: CargoSettings): readonly string[] {
  return hasMounts(profile) || strategy === 'chef' ? [refresh] : [];
}

/** The dependencies in a layer of their own, found by cargo-chef; `start` is an image that has it. */
export function cookDependencies(start: Stage<'shell'>, settings: CargoSettings): Stage<'shell'> {
  const recipe = '/recipe.json';
  const plan = runWith(
    stage('plan').from(start),
    settings.profile,
    { reads: ['.'] },
    `cargo chef prepare --recipe-path ${recipe}`,
  );
  const cook = `${compilerFlags(settings)}cargo chef cook ${cargoFlags(settings)} --recipe-path ${recipe}`;
  return stage('build')
    .from(start)
    .copyFrom(plan, recipe, recipe)
    .run(...addTarget(settings), cook, { mounts: secretMounts(settings) });
}

/** The commands that compile the program and lay it out below `/out`. */
export function cargoBuild(settings: CargoSettings): readonly string[] {
  const { bin, cross, strip = !cross, strategy, reproducible, profile } = settings;
  const cargo = cross ? 'xx-cargo' : 'cargo';
  const triple = tripleOf(settings);
  const made = `${triple === undefined ? '' : `${triple}/`}${directoryOf(settings.cargoProfile)}/${bin}`;
  return [
    ...refreshed(settings),
    ...(strategy === 'chef' ? [] : addTarget(settings)),
    `${compilerFlags(settings)}${cargo} build ${cargoFlags(settings)}`,
    `install -D -m 755 ${triple === undefined ? `/target/${made}` : `"/target/${made}"`} /out/${bin}`,
    ...(strip ? [`strip /out/${bin}`] : []),
    ...(reproducible ? [touch(`/out/${bin}`)] : []),
    ...(profile === 'classic' && strategy !== 'chef' ? ['rm -rf /target'] : []),
  ];
}

function addTarget(settings: CargoSettings): readonly string[] {
  if (settings.link !== 'musl' || settings.cross) return [];
  return [`rustup target add "${tripleOf(settings)}"`];
}

function cargoFlags(settings: CargoSettings): string {
  const { bin, features, cross, cargoProfile, package: packageName } = settings;
  const triple = tripleOf(settings);
  return [
    `--locked ${cargoProfile === 'release' ? '--release' : `--profile ${cargoProfile}`} --target-dir /target`,
    ...(packageName === undefined ? [] : [`--package ${packageName}`]),
    `--bin ${bin}`,
    ...(features.length === 0 ? [] : [`--features ${features.join(',')}`]),
    ...(triple === undefined || cross ? [] : [`--target "${triple}"`]),
  ].join(' ');
}

function compilerFlags({ link }: CargoSettings): string {
  return link === 'static' ? "RUSTFLAGS='-C target-feature=+crt-static' " : '';
}

/** The target, found out where it runs; undefined for the compiler's own, whose results lie one directory higher. */
function tripleOf({ cross, link }: CargoSettings): string | undefined {
  if (cross) return '$(xx-cargo --print-target-triple)';
  if (link === 'dynamic') return undefined;
  return `$(rustc -vV | sed -n 's/^host: //p'${link === 'musl' ? " | sed 's/-gnu$/-musl/'" : ''})`;
}

/** Cargo's built-in profiles share directories. */
function directoryOf(cargoProfile: string): string {
  if (cargoProfile === 'dev' || cargoProfile === 'test') return 'debug';
  return cargoProfile === 'bench' ? 'release' : cargoProfile;
}
