import type { CppSettings } from './options.ts';

/** The program that makes the programs. */
export type BuildSystem = 'cmake' | 'meson' | 'make';

/** The commands that build the project and install it below `/out`. */
export function cppBuild(system: BuildSystem, settings: CppSettings): readonly string[] {
  return { cmake, meson, make }[system](settings);
}

function cmake({ buildType, sanitizers, ccache, static: isStatic }: CppSettings): readonly string[] {
  const checks = checkFlags(sanitizers);
  const linker = [...(isStatic ? ['-static'] : []), ...checks];
  const flags = [
    `-DCMAKE_BUILD_TYPE=${buildType === 'debug' ? 'Debug' : 'Release'}`,
    ...(checks.length === 0 ? [] : ['C', 'CXX'].map((name) => `-DCMAKE_${name}_FLAGS="${checks.join(' ')}"`)),
    ...(linker.length === 0 ? [] : [`-DCMAKE_EXE_LINKER_FLAGS=${word(linker)}`]),
    ...(ccache ? ['C', 'CXX'].map((name) => `-DCMAKE_${name}_COMPILER_LAUNCHER=ccache`) : []),
  ];
  return [
    `cmake -S . -B /build -G Ninja ${flags.join(' ')}`,
    'cmake --build /build',
    `cmake --install /build --prefix /out${buildType === 'debug' ? '' : ' --strip'}`,
  ];
}

/** Meson looks for ccache by itself. */
function meson({ buildType, sanitizers, static: isStatic }: CppSettings): readonly string[] {
  const flags = [
    `--buildtype=${buildType}`,
    '--prefix=/',
    ...(buildType === 'debug' ? [] : ['--strip']),
    ...(isStatic ? ['-Dc_link_args=-static', '-Dcpp_link_args=-static'] : []),
    // The libraries of the sanitizers are linked into programs, so that modules can't be whole without them.
    ...(sanitizers.length === 0 ? [] : [`-Db_sanitize=${sanitizers.join(',')}`, '-Db_lundef=false']),
  ];
  return [
    `meson setup /build . ${flags.join(' ')}`,
    'meson compile -C /build',
    'meson install -C /build --destdir /out',
  ];
}

/** A Makefile decides about its own flags; these are the variables that it is expected to heed. */
function make(settings: CppSettings): readonly string[] {
  const { binary, buildType, sanitizers, ccache, compiler, static: isStatic } = settings;
  const checks = checkFlags(sanitizers);
  const compile = [...(buildType === 'debug' ? ['-g', '-O0'] : []), ...checks];
  const linker = [...(isStatic ? ['-static'] : []), ...checks];
  const [c, cxx] = compiler === 'clang' ? ['clang', 'clang++'] : ['gcc', 'g++'];
  const variables = [
    ...(compile.length === 0 ? [] : [`CFLAGS=${word(compile)}`, `CXXFLAGS=${word(compile)}`]),
    ...(linker.length === 0 ? [] : [`LDFLAGS=${word(linker)}`]),
    ...(ccache ? [`CC="ccache ${c}"`, `CXX="ccache ${cxx}"`] : []),
  ];
  return [
    'cp -R . /build',
    ['make -C /build', ...variables].join(' '),
    'make -C /build install PREFIX= DESTDIR=/out',
    ...(buildType === 'debug' ? [] : [`strip /out/bin/${binary}`]),
  ];
}

function checkFlags(sanitizers: CppSettings['sanitizers']): readonly string[] {
  return sanitizers.length === 0 ? [] : [`-fsanitize=${sanitizers.join(',')}`, '-fno-omit-frame-pointer'];
}

/** The flags as one word of a shell. */
function word(flags: readonly string[]): string {
  return flags.length === 1 ? `${flags[0]}` : `"${flags.join(' ')}"`;
}
