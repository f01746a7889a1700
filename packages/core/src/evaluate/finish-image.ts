import type { EvaluatedImage } from './evaluation.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { formatPlatform, normalizePlatform, type Platform } from './platform.ts';
import type { ImageState, StageState } from './stage-state.ts';

/** The configuration a target ends with, empty fields left out. */
export function finishImage({ image }: StageState, context: EvaluationContext): EvaluatedImage {
  return {
    Platform: formatPlatform(normalizePlatform(platformOf(image, context))),
    ...list(
      'Env',
      [...image.env].map(([name, value]) => `${name}=${value}`),
    ),
    ...list('Cmd', image.cmd),
    ...list('Entrypoint', image.entrypoint),
    ...text('WorkingDir', image.workingDir),
    ...text('User', image.user),
    ...(image.labels.size === 0 ? {} : { Labels: Object.fromEntries(image.labels) }),
    ...list('ExposedPorts', [...image.exposedPorts].sort()),
    ...list('Volumes', [...image.volumes].sort()),
    ...text('StopSignal', image.stopSignal),
    ...list('Shell', image.shell),
    ...(image.healthcheck === undefined ? {} : { Healthcheck: image.healthcheck }),
    ...list('OnBuild', image.onBuild),
    ...text('Author', image.author),
  };
}

/** A platform that was asked for is what the image says, whatever its base says. */
function platformOf(image: ImageState, { options, targetPlatform }: EvaluationContext): Platform {
  const { os, architecture, variant } = image;
  if (options.platform === undefined) return { os, architecture, variant, osVersion: '' };
  const isSame = targetPlatform.os === os && targetPlatform.architecture === architecture;
  return {
    ...targetPlatform,
    variant: targetPlatform.variant === '' && isSame ? variant : targetPlatform.variant,
    osVersion: '',
  };
}

function list<Key extends keyof EvaluatedImage>(
  key: Key,
  values: readonly string[],
): Partial<Record<Key, readonly string[]>> {
  return values.length === 0 ? {} : ({ [key]: values } as Partial<Record<Key, readonly string[]>>);
}

function text<Key extends keyof EvaluatedImage>(key: Key, value: string): Partial<Record<Key, string>> {
  return value === '' ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
}
