import { existsSync } from 'node:fs';
import { StagecraftError } from '@stagecraft/core';
import type { Command } from 'commander';
import type { StagecraftConfig } from './config.ts';

const fileNames = ['ts', 'mts', 'js', 'mjs'].map((extension) => `stagecraft.config.${extension}`);
/** Which keys are about every command, by the option they stand for. */
const commonKeys = ['file', 'target', 'context', 'profile', 'dockerfile'];
const sections = ['build', 'lint'];
/** The commands whose argument is the file of the images. */
const imageCommands = ['render', 'check', 'build', 'lint', 'graph', 'context', 'json'];

/**
 * Gives a command the defaults of `stagecraft.config.ts`, or of the file that `--config` names. What stands on the
 * command line wins.
 *
 * Throws `config-rejected` for a file that is not there, and `invalid-options` for a key or value no option has.
 */
export async function applyConfig(command: Command, named: string | undefined): Promise<void> {
  const file = named ?? fileNames.find((name) => existsSync(name));
  if (file === undefined) return;
  const config = await readConfig(file);
  if (config.file !== undefined && command.args.length === 0 && imageCommands.includes(command.name())) {
    command.processedArgs[0] = command.name() === 'lint' ? [config.file] : config.file;
  }
  const { target, context, profile, dockerfile } = config;
  const common = { target, context, profile, ...(command.name() === 'check' && { output: dockerfile }) };
  for (const [name, value] of Object.entries(common)) setDefault(command, file, name, value, true);
  const own = command.name() === 'build' ? config.build : command.name() === 'lint' ? config.lint : undefined;
  for (const [name, value] of Object.entries(own ?? {})) setDefault(command, file, name, value, false);
}

async function readConfig(file: string): Promise<StagecraftConfig> {
  if (!existsSync(file)) {
    throw new StagecraftError('config-rejected', `There is no configuration "${file}".`, {
      hint: 'Name a file that exports "defineConfig({ … })" as its default.',
    });
  }
  const { importModule } = await import('./load-module.ts');
  const { default: config } = await importModule(file);
  if (typeof config !== 'object' || config === null) {
    throw new StagecraftError('config-rejected', `"${file}" exports no configuration.`, {
      hint: 'Write "export default defineConfig({ … })".',
    });
  }
  const unknown = Object.keys(config).find((key) => ![...commonKeys, ...sections].includes(key));
  if (unknown !== undefined) throw unknownKey(file, unknown, [...commonKeys, ...sections]);
  return config;
}

function setDefault(command: Command, file: string, name: string, value: unknown, isShared: boolean): void {
  if (value === undefined) return;
  const option = command.options.find((known) => known.attributeName() === name);
  if (option === undefined) {
    if (isShared) return;
    throw unknownKey(
      file,
      `${command.name()}.${name}`,
      command.options.map((known) => `${command.name()}.${known.attributeName()}`),
    );
  }
  if (option.argChoices?.includes(String(value)) === false) {
    throw new StagecraftError('invalid-options', `"${file}" sets "${name}" to "${String(value)}".`, {
      hint: `It is one of ${option.argChoices.join(', ')}.`,
    });
  }
  if (command.getOptionValueSource(name) !== 'cli') command.setOptionValueWithSource(name, value, 'config');
}

function unknownKey(file: string, key: string, known: readonly string[]): StagecraftError {
  return new StagecraftError('invalid-options', `"${file}" has an unknown key "${key}".`, {
    hint: `It may have ${known.join(', ')}.`,
  });
}
