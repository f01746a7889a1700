import type { DockerfileNode } from '../ast/dockerfile.ts';
import { whereOf } from '../source/where.ts';
import { expandWord } from './expand-word.ts';
import { locate } from './fail.ts';
import { formatPlatform, type Platform } from './platform.ts';

export interface GlobalArgOptions {
  readonly buildPlatform: Platform;
  readonly targetPlatform: Platform;
  /** Name of the stage to build; `default` where it has none. */
  readonly targetStage: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/**
 * The variables FROM lines read: the platform arguments, then the ARGs before the first FROM.
 * @see https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
 */
export function globalArgs(
  dockerfile: DockerfileNode,
  options: GlobalArgOptions,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of platformArgs(options)) values.set(name, given(options, name) ?? value);
  for (const node of dockerfile.args) {
    for (const { name, default: word } of node.args) {
      const value =
        given(options, name) ??
        (word === undefined ? undefined : locate(whereOf(node), () => expandWord(word, values).value));
      if (value === undefined) continue;
      values.delete(name);
      values.set(name, value);
    }
  }
  return values;
}

function given({ buildArgs }: GlobalArgOptions, name: string): string | undefined {
  return Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
}

function platformArgs({
  buildPlatform,
  targetPlatform,
  targetStage,
}: GlobalArgOptions): readonly (readonly [name: string, value: string])[] {
  return [
    ...describePlatform('BUILD', buildPlatform),
    ...describePlatform('TARGET', targetPlatform),
    ['TARGETSTAGE', targetStage],
  ];
}

function describePlatform(prefix: string, platform: Platform): readonly (readonly [string, string])[] {
  return [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}OSVERSION`, platform.osVersion],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant],
  ];
}
