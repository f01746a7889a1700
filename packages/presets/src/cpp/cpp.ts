import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishService } from '../service/finish-service.ts';
import { linked, runWith, type ToolCache, touch, withEpoch } from '../service/project-steps.ts';
import { requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, withTests } from '../service/test-stage.ts';
import { type BuildSystem, cppBuild } from './build-systems.ts';
import { type CppOptions, type CppSettings, parseCppOptions } from './options.ts';

const systems = {
  cmake: {
    file: 'CMakeLists.txt',
    packages: ['cmake', 'ninja-build'],
    test: 'ctest --test-dir /build --output-on-failure',
  },
  meson: { file: 'meson.build', packages: ['meson', 'ninja-build'], test: 'meson test -C /build' },
  make: { file: 'Makefile', packages: [], test: 'make -C /build check' },
} as const;

const compilerCache: ToolCache = { id: 'ccache', target: '/root/.cache/ccache' };

/**
 * A C or C++ service: builds with CMake, Meson or Make, and copies the installed program into an image that holds nothing else.
 *
 * Throws `project-unsupported` without a build file or for a runtime that lacks glibc, and `invalid-options`.
 * @example
 * export default cpp({ binary: 'server' }).final;
 */
export function cpp(options: CppOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function cpp<C extends ShellCapability>(
  options: CppOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function cpp(options: CppOptions): ServicePreset<ShellCapability> {
  const settings = parseCppOptions(options);
  const runtime = options.runtime ?? distroless(settings.static ? 'static' : 'cc');
  requireLanguage(runtime, ['none'], 'Use distroless("cc"), distroless("static"), slim() or scratch().');
  if (!settings.static) requireLibc(runtime, 'glibc', 'Set static: true, or use distroless("cc").');
  const system = findSystem(options, settings);
  const tested = withTests(buildStage(settings, system), settings, systems[system].test, (start, command) =>
    runAgain(start, settings.profile, { reads: ['.'] }, command),
  );
  const program = `/${settings.binary}`;
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .workdir('/')
        .copyFrom(tested.made, `/out/bin/${settings.binary}`, program, linked(settings.profile)),
      where,
      { program },
      settings,
    ),
  );
}

function findSystem(options: CppOptions, { buildSystem }: CppSettings): BuildSystem {
  const files = projectFiles(options);
  const names: readonly BuildSystem[] =
    buildSystem === undefined ? ['cmake', 'meson', 'make'] : [buildSystem];
  const found = names.find((name) => files.exists(systems[name].file));
  if (found !== undefined) return found;
  const expected = names.map((name) => `"${systems[name].file}"`).join(' or ');
  throw new StagecraftError('project-unsupported', `The C++ project has no ${expected}.`, {
    hint: 'Commit a build file with an install rule for the program.',
  });
}

function buildStage(settings: CppSettings, system: BuildSystem): Stage<'shell'> {
  const { profile, binary, reproducible, compiler, ccache } = settings;
  const packages = [
    ...(settings.packages ?? systems[system].packages),
    ...(ccache ? ['ccache'] : []),
    ...(compiler === 'clang' ? clangPackages(system, settings) : []),
  ];
  const equipped = aptInstall(withEpoch(compilerStage(settings).workdir('/src')), packages);
  const ready = compiler === 'clang' ? equipped.env({ CC: 'clang', CXX: 'clang++' }) : equipped;
  return runWith(
    ready,
    profile,
    { reads: ['.'], caches: ccache ? [compilerCache] : [], mounts: secretMounts(settings) },
    ...cppBuild(system, settings),
    ...(reproducible ? [touch(`/out/bin/${binary}`)] : []),
  );
}

/** Beside Clang its image has nothing: no `make`, and no libraries of sanitizers. */
function clangPackages(system: BuildSystem, { sanitizers }: CppSettings): readonly string[] {
  return [
    'clang',
    ...(system === 'make' ? ['make'] : []),
    ...(sanitizers.length > 0 ? ['libclang-rt-dev'] : []),
  ];
}

function compilerStage({ builder, compiler, version = '14' }: CppSettings): Stage<'shell'> {
  if (compiler === 'clang') return builderStage('build', builder, expand`debian:trixie-slim`);
  return builderStage('build', builder, expand`gcc:${arg('GCC_VERSION', version)}-trixie`);
}
