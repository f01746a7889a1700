import { arg, expand, final, image, type Stage, stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { slim } from '../runtime/distributions.ts';
import { finishImage } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  version,
} from '../service/service-options.ts';
import { targetsOf, withTests } from '../service/test-stage.ts';

export interface PhpOptions extends Omit<ServiceOptions<'shell'>, 'runtime' | 'builder'> {
  /** Version of PHP. Default: `'8.4'`. */
  readonly version?: string;
  /** How PHP is run: behind a web server, or as the command `args` names. Default: `'fpm'`. */
  readonly sapi?: 'fpm' | 'cli';
  /** Extensions to compile, such as `pdo_mysql`. */
  readonly extensions?: readonly string[];
}

/** The stages of a PHP application. */
export interface PhpPreset {
  /** The application with its packages, below `/out/app`. */
  readonly build: Stage<'shell'>;
  /** Runs the tests of the project, where the option `tests` asks for them. */
  readonly test?: Stage<'shell'>;
  readonly final: Stage<'shell'>;
}

const schema = z.object({
  version: version.default('8.4'),
  sapi: z.enum(['fpm', 'cli']).default('fpm'),
  extensions: z.array(z.string().regex(/^[a-z0-9_]+$/u, 'name an extension such as "pdo_mysql"')).default([]),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/**
 * A PHP application with the production settings of PHP and the packages of `composer.lock`.
 *
 * Runs as `www-data`, by number. Throws `project-unsupported` without `composer.lock`, and `invalid-options`.
 * @example
 * export default php({ extensions: ['pdo_mysql'] }).final;
 */
export function php(options: PhpOptions = {}): PhpPreset {
  const settings = parseServiceOptions('php', schema, options);
  const files = projectFiles(options);
  requireFile(files, ['composer.json'], 'PHP', 'Run "composer init" and commit the file.');
  requireFile(files, ['composer.lock'], 'PHP', 'Run "composer update" and commit the lockfile.');
  // The packages of the tests stay out of what the image is filled from.
  const tested = withTests(buildStage(settings), settings, 'vendor/bin/phpunit', (start, command) =>
    start
      .workdir('/test')
      .run(`cp -R ${tree}/app/. .`)
      .run(`composer install --no-interaction --prefer-dist --ignore-platform-reqs`, {
        mounts: secretMounts(settings),
      })
      .run(command),
  );
  return targetsOf(tested, finalStage(settings, tested.made));
}

function buildStage(settings: Settings): Stage<'shell'> {
  const { profile, reproducible } = settings;
  const start = stage('build')
    .from(image<string, 'shell'>('composer:2', { shell: 'shell' }))
    .env('COMPOSER_CACHE_DIR', '/tmp/cache')
    .workdir(`${tree}/app`);
  const step = {
    reads: ['composer.json', 'composer.lock'],
    caches: [{ id: 'composer', target: '/tmp/cache' }],
    mounts: secretMounts(settings),
  };
  const installed = runWith(
    start,
    profile,
    step,
    'composer install --no-dev --no-interaction --prefer-dist --no-scripts --no-autoloader --ignore-platform-reqs',
  ).copy('.', '.');
  return withEpoch(installed).run(
    'composer dump-autoload --no-dev --classmap-authoritative --no-interaction',
    ...(reproducible ? [touch(tree)] : []),
  );
}

function finalStage(settings: Settings, build: Stage<'shell'>): Stage<'shell'> {
  const { version: phpVersion, sapi, extensions, profile, args } = settings;
  const port = settings.port ?? (sapi === 'fpm' ? 9000 : undefined);
  let result = final().from(expand`php:${arg('PHP_VERSION', phpVersion)}-${sapi}-trixie`);
  if (extensions.length > 0) {
    result = result.run(`docker-php-ext-install -j"$(nproc)" ${[...extensions].sort().join(' ')}`);
  }
  result = result.run('mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"');
  result = copyTree(result, build, profile).workdir('/app');
  if (sapi === 'fpm') result = result.stopSignal('SIGQUIT');
  const runtime = slim(`php:${phpVersion}-${sapi}-trixie`, {
    language: 'php',
    uid: 33,
    entrypoint: ['docker-php-entrypoint'],
  });
  const command = sapi === 'fpm' ? ['php-fpm', ...args] : args.length === 0 ? [] : ['php', ...args];
  return finishImage(result, runtime, { cmd: command }, { ...settings, port });
}
