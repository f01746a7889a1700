import { type ShellCapability, type Stage, stage } from '@stagecraft/core';
import { caCertificates } from '../mixins/ca-certificates.ts';
import { locale, timezone } from '../mixins/environment.ts';
import { writableDirectories } from '../mixins/writable-directories.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from './apt-install.ts';
import type { ServiceSettings } from './service-options.ts';

const zones = '/usr/share/zoneinfo';

/** Gives an image what its program finds around it: certificates, time zone, language, directories of its own. */
export function surround<C extends ShellCapability>(
  image: Stage<C>,
  { has, uid, gid }: Runtime,
  settings: Pick<ServiceSettings, 'caCertificates' | 'timezone' | 'locale' | 'writableDirectories' | 'user'>,
): Stage<C> {
  let result = image;
  if (settings.caCertificates.length > 0)
    result = result.with(caCertificates({ files: settings.caCertificates }));
  if (settings.timezone !== undefined) {
    if (!has.timeZones) result = result.copyFrom(zoneFiles(), zones, zones);
    result = result.with(timezone(settings.timezone));
  }
  if (settings.locale !== undefined) result = result.with(locale(settings.locale));
  if (settings.writableDirectories.length > 0) {
    const [owner = uid, group = owner] = String(settings.user ?? `${uid}:${gid}`)
      .split(':')
      .map(Number);
    result = result.with(writableDirectories(settings.writableDirectories, { uid: owner, gid: group }));
  }
  return result;
}

function zoneFiles(): Stage<'shell'> {
  return aptInstall(stage('zones').from('debian:13-slim'), ['tzdata']);
}
