import { arg, expand, final, type Stage, stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { slim } from '../runtime/distributions.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishImage } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
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

export interface RubyOptions extends Omit<ServiceOptions<'shell'>, 'runtime' | 'builder'> {
  /** Version of Ruby. Default: `'3.4'`. */
  readonly version?: string;
  /** Debian packages the gems need at run time, such as `libpq5`. */
  readonly packages?: readonly string[];
  /** Debian packages the gems are compiled with. Default: a compiler, git, YAML and pkg-config. */
  readonly buildPackages?: readonly string[];
  /** Groups of the Gemfile that stay out. Default: `development` and `test`. */
  readonly without?: readonly string[];
  /** Allocate memory with jemalloc, which keeps threaded servers small. Default: true. */
  readonly jemalloc?: boolean;
  /** Compile assets with Rails. Default: whether there is `bin/rails` and `app/assets`. */
  readonly assets?: boolean;
}

/** The stages of a Ruby application. */
export interface RubyPreset {
  readonly build: Stage<'shell'>;
  /** Runs the tests of the project, where the option `tests` asks for them. */
  readonly test?: Stage<'shell'>;
  readonly final: Stage<'shell'>;
}

const schema = z.object({
  version: version.default('3.4'),
  packages: z.array(safeName).default([]),
  buildPackages: z.array(safeName).default(['build-essential', 'git', 'libyaml-dev', 'pkg-config']),
  without: z
    .array(z.string().regex(/^\w+$/u, 'name a group such as "test"'))
    .default(['development', 'test']),
  jemalloc: z.boolean().default(true),
  assets: z.boolean().optional(),
});

type Settings = ServiceSettings & z.output<typeof schema>;

const bundle = '/usr/local/bundle';
const allocator = '/usr/local/lib/libjemalloc.so';

/**
 * A Ruby application with the gems of `Gemfile.lock`; for Rails its assets are compiled.
 *
 * Throws `project-unsupported` without `Gemfile.lock`, and `invalid-options`.
 * @example
 * export default ruby({ args: ['bin/rails', 'server', '-b', '0.0.0.0'], port: 3000 }).final;
 */
export function ruby(options: RubyOptions = {}): RubyPreset {
  const settings = parseServiceOptions('ruby', schema, options);
  const files = projectFiles(options);
  requireFile(files, ['Gemfile'], 'Ruby', 'Run "bundle init" and commit the file.');
  requireFile(files, ['Gemfile.lock'], 'Ruby', 'Run "bundle lock" and commit the lockfile.');
  const base = baseStage(settings, files);
  const usual = isRails(files) ? 'bin/rails test' : 'bundle exec rake test';
  const tested = withTests(buildStage(base, settings, files), settings, usual, (start, command) =>
    start
      .env({ BUNDLE_WITHOUT: '', ...(isRails(files) ? { RAILS_ENV: 'test' } : {}) })
      .run('bundle install', { mounts: secretMounts(settings) })
      .run(command),
  );
  return targetsOf(tested, finalStage(base, tested.made, settings));
}

function isRails(files: ProjectFiles): boolean {
  return files.exists('bin/rails');
}

function baseStage(settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { version: rubyVersion, packages, without, jemalloc } = settings;
  const start = stage('base').from(expand`ruby:${arg('RUBY_VERSION', rubyVersion)}-slim-trixie`);
  const installed = aptInstall(start, jemalloc ? [...packages, 'libjemalloc2'] : packages);
  // Its place names the architecture, and a variable of the image can't.
  const equipped = jemalloc
    ? installed.run(`ln -s /usr/lib/*-linux-gnu/libjemalloc.so.2 ${allocator}`)
    : installed;
  return equipped.env({
    ...(isRails(files) ? { RAILS_ENV: 'production' } : {}),
    BUNDLE_DEPLOYMENT: '1',
    BUNDLE_PATH: bundle,
    ...(without.length > 0 && { BUNDLE_WITHOUT: without.join(':') }),
    ...(jemalloc && { LD_PRELOAD: allocator }),
  });
}

function buildStage(base: Stage<'shell'>, settings: Settings, files: ProjectFiles): Stage<'shell'> {
  const { profile, buildPackages, reproducible } = settings;
  const start = aptInstall(stage('build').from(base), buildPackages).workdir('/app');
  const installed = runWith(
    start,
    profile,
    { reads: ['Gemfile', 'Gemfile.lock'], mounts: secretMounts(settings) },
    'bundle install',
    `rm -rf ~/.bundle ${bundle}/ruby/*/cache ${bundle}/ruby/*/bundler/gems/*/.git`,
  ).copy('.', '.');
  const hasAssets = settings.assets ?? (isRails(files) && files.exists('app/assets'));
  const commands = [
    ...(hasAssets ? ['SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile'] : []),
    `mkdir -p ${tree}${bundle}`,
    `cp -R ${bundle}/. ${tree}${bundle}/`,
    `cp -R /app ${tree}/`,
    ...(reproducible ? [touch(tree)] : []),
  ];
  return withEpoch(installed).run(...commands);
}

function finalStage(base: Stage<'shell'>, build: Stage<'shell'>, settings: Settings): Stage<'shell'> {
  const { version: rubyVersion, profile, port = 3000, args } = settings;
  const runtime = slim(`ruby:${rubyVersion}-slim-trixie`, { language: 'ruby', uid: 1000 });
  const image = copyTree(final().from(base), build, profile).workdir('/app');
  return finishImage(image, runtime, { cmd: args }, { ...settings, port });
}
