import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishService } from '../service/finish-service.ts';
import { linked, runWith, touch, withEpoch } from '../service/project-steps.ts';
import { requireLanguage, requireLibc } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { runAgain, withTests } from '../service/test-stage.ts';

export interface CppOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of GCC. No newer than the runtime's C++ library. Default: `'14'`, Debian 13's. */
  readonly version?: string;
  /** Default: found by `CMakeLists.txt`, `meson.build` or `Makefile`. */
  readonly buildSystem?: 'cmake' | 'meson' | 'make';
  /** Name of the program that the project installs into `bin`. */
  readonly binary: string;
  /** Debian packages the build needs. Default: those of the build system. */
  readonly packages?: readonly string[];
  /** Bring the C and C++ libraries along. Default: false. */
  readonly static?: boolean;
}

const schema = z.object({
  version: version.default('14'),
  buildSystem: z.enum(['cmake', 'meson', 'make']).optional(),
  binary: safeName,
  packages: z.array(safeName).optional(),
  static: z.boolean().default(false),
});

type Settings = ServiceSettings & z.output<typeof schema>;
type BuildSystem = NonNullable<Settings['buildSystem']>;

const systems = {
  cmake: {
    file: 'CMakeLists.txt',
    packages: ['cmake', 'ninja-build'],
    test: 'ctest --test-dir /build --output-on-failure',
  },
  meson: { file: 'meson.build', packages: ['meson', 'ninja-build'], test: 'meson test -C /build' },
  make: { file: 'Makefile', packages: [], test: 'make -C /build check' },
} as const;

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
  const settings = parseServiceOptions('cpp', schema, options);
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

function findSystem(options: CppOptions, { buildSystem }: Settings): BuildSystem {
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

function buildStage(settings: Settings, system: BuildSystem): Stage<'shell'> {
  const { profile, builder, version: gccVersion, binary, reproducible } = settings;
  const packages = settings.packages ?? systems[system].packages;
  const usual = expand`gcc:${arg('GCC_VERSION', gccVersion)}-trixie`;
  const start = withEpoch(builderStage('build', builder, usual).workdir('/src'));
  return runWith(
    aptInstall(start, packages),
    profile,
    { reads: ['.'], mounts: secretMounts(settings) },
    ...commands(system, settings),
    ...(reproducible ? [touch(`/out/bin/${binary}`)] : []),
  );
}

function commands(system: BuildSystem, settings: Settings): readonly string[] {
  const linker = settings.static ? '-static' : '';
  if (system === 'cmake') {
    const flags = linker === '' ? '' : ` -DCMAKE_EXE_LINKER_FLAGS=${linker}`;
    return [
      `cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release${flags}`,
      'cmake --build /build',
      'cmake --install /build --prefix /out --strip',
    ];
  }
  if (system === 'meson') {
    const flags = linker === '' ? '' : ` -Dc_link_args=${linker} -Dcpp_link_args=${linker}`;
    return [
      `meson setup /build . --buildtype=release --prefix=/ --strip${flags}`,
      'meson compile -C /build',
      'meson install -C /build --destdir /out',
    ];
  }
  return [
    'cp -R . /build',
    `make -C /build${linker === '' ? '' : ` LDFLAGS=${linker}`}`,
    'make -C /build install PREFIX= DESTDIR=/out',
    `strip /out/bin/${settings.binary}`,
  ];
}
