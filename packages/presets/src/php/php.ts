import { arg, expand, final, image, type Stage, stage } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import { slim } from '../runtime/distributions.ts';
import { finishImage } from '../service/finish-service.ts';
import { copyTree, runWith, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import { targetsOf, withTests } from '../service/test-stage.ts';
import { type PhpOptions, type PhpSettings, parsePhpOptions } from './options.ts';
import { equip, serverEnvironment } from './servers.ts';

/** The stages of a PHP application. */
export interface PhpPreset {
  /** The application with its packages, below `/out/app`. */
  readonly build: Stage<'shell'>;
  /** Runs the tests of the project, where the option `tests` asks for them. */
  readonly test?: Stage<'shell'>;
  readonly final: Stage<'shell'>;
}

/** Where each listens. */
const ports = { fpm: 9000, apache: 8080, frankenphp: 8080, cli: undefined } as const;

/**
 * A PHP application with the production settings of PHP and the packages of `composer.lock`.
 *
 * Runs as `www-data`, by number. Throws `project-unsupported` without `composer.lock`, and `invalid-options`.
 * @example
 * export default php({ extensions: ['pdo_mysql'] }).final;
 */
export function php(options: PhpOptions = {}): PhpPreset {
  const files = projectFiles(options);
  const settings = parsePhpOptions(options, files);
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

function buildStage(settings: PhpSettings): Stage<'shell'> {
  const { profile, reproducible, assets, documentRoot } = settings;
  const start = stage('vendor')
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
  const complete =
    assets === undefined
      ? installed
      : installed.copyFrom(
          assets.stage,
          `${assets.path}/`,
          documentRoot === '.' ? './' : `./${documentRoot}/`,
        );
  return withEpoch(complete).run(
    'composer dump-autoload --no-dev --classmap-authoritative --no-interaction',
    ...(reproducible ? [touch(tree)] : []),
  );
}

function finalStage(settings: PhpSettings, build: Stage<'shell'>): Stage<'shell'> {
  const { version: phpVersion, sapi, profile, args, env } = settings;
  const port = settings.port ?? ports[sapi];
  const phpImage = arg('PHP_VERSION', phpVersion);
  const start = final().from(
    sapi === 'frankenphp'
      ? expand`dunglas/frankenphp:1-php${phpImage}-trixie`
      : expand`php:${phpImage}-${sapi}-trixie`,
  );
  let result = copyTree(equip(start, settings), build, profile).workdir('/app');
  if (sapi === 'fpm') result = result.stopSignal('SIGQUIT');
  const runtime = slim(`php:${phpVersion}-trixie`, {
    language: 'php',
    uid: 33,
    entrypoint: ['docker-php-entrypoint'],
  });
  const finish = { ...settings, port, env: { ...serverEnvironment(settings), ...env } };
  return finishImage(result, runtime, { cmd: commandOf(sapi, args) }, finish);
}

/** The servers' images have commands of their own; with arguments FPM's and Apache's have to be said again. */
function commandOf(sapi: PhpSettings['sapi'], args: readonly string[]): readonly string[] {
  if (sapi === 'fpm') return ['php-fpm', ...args];
  if (sapi === 'apache') return ['apache2-foreground', ...args];
  return sapi === 'cli' && args.length > 0 ? ['php', ...args] : args;
}
