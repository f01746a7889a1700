import type { BaseImage } from './evaluation.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { fail } from './fail.ts';
import { imageReferenceProblem } from './image-reference.ts';
import type { Platform } from './platform.ts';
import { createImageState, type ImageState, type StageState } from './stage-state.ts';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const windowsPath = String.raw`c:\Windows\System32;c:\Windows;C:\Windows\System32\WindowsPowerShell\v1.0`;

/** Gives a stage without a base stage its file system and the configuration of its base image. */
export function resolveBaseImage(state: StageState, reachable: boolean, context: EvaluationContext): void {
  state.resolved = reachable;
  const { targetPlatform, vertices } = context;
  if (state.baseName === 'scratch' && !state.replaced) {
    state.platform = targetPlatform;
    state.image = { ...createImageState(), ...platformFields(targetPlatform), workingDir: '/' };
    state.image.env.set('PATH', targetPlatform.os === 'windows' ? windowsPath : defaultPath);
    state.vertex = vertices.add('scratch').vertex;
  } else {
    const problem = imageReferenceProblem(state.baseName);
    if (problem !== undefined) fail(`"${state.baseName}" is no image reference: ${problem}.`);
    if (reachable) readConfiguration(state, context);
    const platform = state.platform ?? targetPlatform;
    state.vertex = vertices.add('image', state.baseName, state.replaced && state.name, platform).vertex;
    state.platform = platform;
  }
  if (state.index === undefined || state.replaced) state.dispatched = true;
}

function readConfiguration(state: StageState, context: EvaluationContext): void {
  const { targetPlatform, options, tools } = context;
  const { images = {}, platform: requested } = options;
  const key = state.replaced ? state.name : state.baseName;
  const image = Object.hasOwn(images, key) ? images[key] : undefined;
  const expected = state.platform ?? targetPlatform;
  state.image =
    image === undefined ? plainImage(expected, isNamedContext(key, context)) : fromConfiguration(image);
  const { os, architecture, variant } = state.image;
  if (state.owner !== undefined && !state.replaced) {
    const actual: Platform = { os, architecture, variant, osVersion: '' };
    tools.observer?.base?.({ owner: state.owner, reference: state.baseName, expected, actual });
  }
  if (state.platform === undefined && requested === undefined) {
    state.platform = detectPlatform(state.image, expected, context.buildPlatform);
  }
}

/** Without a requested platform, an image of the build platform is taken for what it is. */
function detectPlatform(image: ImageState, expected: Platform, buildPlatform: Platform): Platform {
  const matches = (platform: Platform): boolean =>
    platform.os === image.os && platform.architecture === image.architecture;
  return !matches(expected) && matches(buildPlatform) ? buildPlatform : expected;
}

/** An image nothing is known of: the requested platform and the usual PATH. A build context has no configuration. */
function plainImage(platform: Platform, isContext: boolean): ImageState {
  const image: ImageState = { ...createImageState(), ...platformFields(platform) };
  if (platform.os !== 'windows') image.env.set('PATH', defaultPath);
  if (isContext) image.workingDir = '/';
  return image;
}

function fromConfiguration({ os, architecture, variant = '', config = {} }: BaseImage): ImageState {
  return {
    os,
    architecture,
    variant,
    env: new Map((config.Env ?? []).map(splitEntry)),
    cmd: config.Cmd ?? [],
    entrypoint: config.Entrypoint ?? [],
    workingDir: config.WorkingDir ?? '',
    user: config.User ?? '',
    labels: new Map(Object.entries(config.Labels ?? {})),
    exposedPorts: new Set(Object.keys(config.ExposedPorts ?? {})),
    volumes: new Set(Object.keys(config.Volumes ?? {})),
    stopSignal: config.StopSignal ?? '',
    shell: config.Shell ?? [],
    healthcheck: config.Healthcheck ?? undefined,
    onBuild: config.OnBuild ?? [],
    author: '',
  };
}

function splitEntry(entry: string): [name: string, value: string] {
  const equals = entry.indexOf('=');
  return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
}

function platformFields({
  os,
  architecture,
  variant,
}: Platform): Pick<ImageState, 'os' | 'architecture' | 'variant'> {
  return { os, architecture, variant };
}

/** Every image but a Windows one has a PATH. */
export function ensurePath(state: StageState): void {
  if (!state.image.env.has('PATH') && state.platform?.os !== 'windows')
    state.image.env.set('PATH', defaultPath);
}

/** Whether a build context beside the main one has the name; `scratch` and `context` never do. */
export function isNamedContext(name: string, context: EvaluationContext): boolean {
  const key = familiarName(name);
  if (['scratch', 'context'].includes(name.toLowerCase())) return false;
  return context.options.contexts?.some((candidate) => familiarName(candidate) === key) ?? false;
}

function familiarName(name: string): string {
  return name
    .replace(/^docker\.io\//u, '')
    .replace(/^library\//u, '')
    .replace(/:latest$/u, '');
}
