import { StagecraftError } from '@stagecraft/core';

/**
 * `NAME=value` pairs as a record. With `environment`, a bare `NAME` takes its value from there and is left out when
 * it is unset, as with docker build.
 */
export function toRecord(
  flag: string,
  texts: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.flatMap((text) => toPair(flag, text, environment)));
}

function toPair(
  flag: string,
  text: string,
  environment: NodeJS.ProcessEnv | undefined,
): readonly (readonly [string, string])[] {
  const [, name, given] = /^([^=]+)(?:=(.*))?$/su.exec(text) ?? [];
  if (name === undefined || (given === undefined && environment === undefined)) {
    const fromEnvironment =
      environment === undefined ? '' : `, or --${flag} NAME to take it from the environment`;
    throw new StagecraftError('invalid-options', `--${flag} "${text}" has no name and value.`, {
      hint: `Write --${flag} NAME=value${fromEnvironment}.`,
    });
  }
  const value = given ?? environment?.[name];
  return value === undefined ? [] : [[name, value]];
}
