import { arg, expand, type Stage } from '@stagecraft/core';
import { apk } from '../mixins/packages.ts';
import { hasMounts } from '../profile/mounts.ts';
import { aptInstall } from '../service/apt-install.ts';
import { crossTools, crossToolsOfAlpine } from '../service/cross-tools.ts';
import { builderStage } from '../service/service-targets.ts';
import type { GoSettings } from './options.ts';

/** How a program is compiled for the platform of the image. */
export type Compilation = 'native' | 'by-go' | 'by-xx';

/** Go compiles for any platform, unless C code is involved; so it runs on the machine's own, without emulation. */
export function compilationOf({ profile, cgo, cross }: GoSettings): Compilation {
  if (cgo) return cross ? 'by-xx' : 'native';
  return hasMounts(profile) ? 'by-go' : 'native';
}

/** A stage with Go and what C code needs. */
export function goStage(settings: GoSettings): Stage<'shell'> {
  const { builder, static: isStatic } = settings;
  const compilation = compilationOf(settings);
  const goVersion = arg('GO_VERSION', settings.version);
  const usual = isStatic ? expand`golang:${goVersion}-alpine` : expand`golang:${goVersion}-trixie`;
  const platform = compilation === 'native' ? {} : { platform: expand`${arg('BUILDPLATFORM')}` };
  const start = builderStage('build', builder, usual, platform);
  const packages = settings.upx ? [isStatic ? 'upx' : 'upx-ucl'] : [];
  if (!isStatic) {
    const equipped = aptInstall(start, packages);
    return compilation === 'by-xx' ? crossTools(equipped) : equipped;
  }
  // Alpine's image has no git, and modules that are fetched from where they are need it.
  const all = [...packages, ...(settings.private.length > 0 ? ['git'] : [])];
  const equipped = start.with(apk([...all, 'gcc', 'musl-dev']));
  return compilation === 'by-xx' ? crossToolsOfAlpine(equipped) : equipped;
}
