import { image, mount, type Stage } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';
import { writeLines } from '../service/write-lines.ts';
import type { PhpSettings } from './options.ts';

/** What PHP is told about opcache in production: files of an image never change. */
const opcacheLines = [
  'opcache.enable=1',
  'opcache.validate_timestamps=0',
  'opcache.memory_consumption=256',
  'opcache.max_accelerated_files=20000',
] as const;

/** What is said to PHP before the application comes. */
export function equip(start: Stage<'shell'>, settings: PhpSettings): Stage<'shell'> {
  const { opcache } = settings;
  return addExtensions(start, settings).run(
    'mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"',
    ...(opcache ? [writeLines('"$PHP_INI_DIR/conf.d/opcache-production.ini"', opcacheLines)] : []),
    ...serverCommands(settings),
  );
}

/** The installer brings the packages that an extension needs; it is only borrowed where RUN has mounts. */
function addExtensions(start: Stage<'shell'>, { extensions, profile }: PhpSettings): Stage<'shell'> {
  if (extensions.length === 0) return start;
  const path = '/usr/bin/install-php-extensions';
  const installer = image('mlocati/php-extension-installer:2');
  const command = `install-php-extensions ${extensions.join(' ')}`;
  if (!hasMounts(profile)) return start.copyFrom(installer, path, path).run(command, `rm ${path}`);
  return start.run(command, { mounts: [mount.bind(installer, { source: path, target: path })] });
}

function serverCommands({ sapi, documentRoot, port = 8080 }: PhpSettings): readonly string[] {
  if (sapi === 'frankenphp') {
    // With the capability for low ports it does not start where containers get no new privileges.
    return ['setcap -r /usr/local/bin/frankenphp'];
  }
  if (sapi !== 'apache') return [];
  const root = documentRoot === '.' ? '/app' : `/app/${documentRoot}`;
  const site = '/etc/apache2/sites-available/000-default.conf';
  return [
    'a2enmod rewrite',
    `sed -i 's/^Listen 80$/Listen ${port}/' /etc/apache2/ports.conf`,
    `sed -i -e 's/:80>/:${port}>/' -e 's#/var/www/html#${root}#g' ${site}`,
    "sed -i 's#/var/www/#/app/#g' /etc/apache2/apache2.conf /etc/apache2/conf-available/docker-php.conf",
  ];
}

/** What FrankenPHP is told by its environment; it keeps its files where everybody may write. */
export function serverEnvironment({ sapi, documentRoot, port = 8080 }: PhpSettings): Record<string, string> {
  if (sapi !== 'frankenphp') return {};
  return {
    SERVER_NAME: `:${port}`,
    ...(documentRoot === 'public' ? {} : { SERVER_ROOT: documentRoot }),
    XDG_CONFIG_HOME: '/tmp/config',
    XDG_DATA_HOME: '/tmp/data',
  };
}
