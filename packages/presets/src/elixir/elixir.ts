import { arg, expand, final, type Stage, stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { slim } from '../runtime/distributions.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishImage } from '../service/finish-service.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  version,
} from '../service/service-options.ts';
import { targetsOf, withTests } from '../service/test-stage.ts';

export interface ElixirOptions extends Omit<ServiceOptions<'shell'>, 'runtime' | 'builder'> {
  /** Version of Elixir. Default: `'1.20.3'`. */
  readonly version?: string;
  /** Version of Erlang/OTP. Default: `'28.1'`. */
  readonly otp?: string;
  /** Codename and date of the Debian both images are made from. Default: `'trixie-20260818'`. */
  readonly debian?: string;
  /** Name of the release. */
  readonly app: string;
  /** Build assets as Phoenix does. Default: whether there is a directory `assets`. */
  readonly assets?: boolean;
  /** Debian packages the release needs. */
  readonly packages?: readonly string[];
}

/** The stages of an Elixir release. */
export interface ElixirPreset {
  readonly build: Stage<'shell'>;
  /** Runs the tests of the project, where the option `tests` asks for them. */
  readonly test?: Stage<'shell'>;
  readonly final: Stage<'shell'>;
}

const schema = z.object({
  version: version.default('1.20.3'),
  otp: version.default('28.1'),
  debian: z
    .string()
    .regex(/^[a-z]+-\d{8}$/u, 'write a codename and a date, such as "trixie-20260818"')
    .default('trixie-20260818'),
  app: z.string().regex(/^[a-z]\w*$/u, 'name the application as mix.exs does'),
  assets: z.boolean().optional(),
  packages: z.array(safeName).default(['ca-certificates', 'libncurses6', 'libstdc++6', 'openssl']),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * An Elixir release, with Phoenix's assets where there are any.
 *
 * Runs on the Debian it was built on, because a release is linked to it. Throws `project-unsupported` without `mix.lock`, and
 * `invalid-options`.
 * @example
 * export default elixir({ app: 'shop', port: 4000 }).final;
 */
export function elixir(options: ElixirOptions): ElixirPreset {
  const settings = parseServiceOptions('elixir', schema, options);
  const files = projectFiles(options);
  requireFile(files, ['mix.exs'], 'Elixir', 'Run "mix new" and commit the file.');
  requireFile(files, ['mix.lock'], 'Elixir', 'Run "mix deps.get" and commit the lockfile.');
  const tested = withTests(buildStage(settings, files), settings, 'mix test', (start, command) =>
    start
      .env('MIX_ENV', 'test')
      .copy('.', '.')
      .run('mix deps.get', { mounts: secretMounts(settings) })
      .run(command),
  );
  return targetsOf(tested, finalStage(settings, tested.made));
}

/** What changes least is compiled first: dependencies, then the configuration they read, then the application. */
function buildStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { version: elixirVersion, otp, debian, app, assets, reproducible } = settings;
  const usual = expand`hexpm/elixir:${arg('ELIXIR_VERSION', elixirVersion)}-erlang-${arg('OTP_VERSION', otp)}-debian-${arg('DEBIAN_VERSION', debian)}-slim`;
  const start = aptInstall(stage('build').from(usual), ['build-essential', 'git'])
    .workdir('/app')
    .run('mix local.hex --force', 'mix local.rebar --force')
    .env('MIX_ENV', 'prod');
  const compileTime = ['config/config.exs', 'config/prod.exs'].filter((name) => files.exists(name));
  const fetched = start
    .copy(['mix.exs', 'mix.lock'], './')
    .run('mix deps.get --only prod', { mounts: secretMounts(settings) });
  const configured = compileTime.length === 0 ? fetched : fetched.copy(compileTime, './config/');
  const sources = ['priv', 'lib', 'assets', 'rel'].filter((name) => files.exists(name));
  const copied = sources.reduce(
    (result, name) => result.copy(name, `./${name}`),
    configured.run('mix deps.compile'),
  );
  const compiled = copied.run(
    'mix compile',
    ...((assets ?? files.exists('assets')) ? ['mix assets.deploy'] : []),
  );
  const released = files.exists('config/runtime.exs')
    ? compiled.copy('config/runtime.exs', './config/runtime.exs')
    : compiled;
  return withEpoch(released).run(
    `mix release --path ${tree}/app ${app}`,
    ...(reproducible ? [touch(tree)] : []),
  );
}

function finalStage(settings: Settings, build: Stage<'shell'>): Stage<'shell'> {
  const { debian, packages, profile, port = 4000, app, args } = settings;
  const start = aptInstall(final().from(expand`debian:${arg('DEBIAN_VERSION', debian)}-slim`), packages);
  const filled = copyTree(start.env({ LANG: 'C.UTF-8', MIX_ENV: 'prod' }), build, profile).workdir('/app');
  const runtime = slim(`debian:${debian}-slim`, { uid: 65_534 });
  return finishImage(filled, runtime, { cmd: [`/app/bin/${app}`, 'start', ...args] }, { ...settings, port });
}
