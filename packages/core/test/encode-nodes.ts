import { createAdd } from '../src/ast/add.ts';
import { createArg } from '../src/ast/arg.ts';
import { createCmd } from '../src/ast/cmd.ts';
import type { Command } from '../src/ast/command.ts';
import { createCopy, type TransferFields } from '../src/ast/copy.ts';
import { createDockerfile, type DockerfileNode } from '../src/ast/dockerfile.ts';
import { createEntrypoint } from '../src/ast/entrypoint.ts';
import { createEnv } from '../src/ast/env.ts';
import { createExpose } from '../src/ast/expose.ts';
import { createFrom } from '../src/ast/from.ts';
import { createHealthCheck } from '../src/ast/health-check.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createLabel } from '../src/ast/label.ts';
import type { Mount, MountType } from '../src/ast/mount.ts';
import { createRun } from '../src/ast/run.ts';
import { createShell } from '../src/ast/shell.ts';
import { createStage } from '../src/ast/stage.ts';
import { createStopSignal } from '../src/ast/stop-signal.ts';
import { createUser } from '../src/ast/user.ts';
import { createVolume } from '../src/ast/volume.ts';
import { createExpansion, type EscapeToken, type Word } from '../src/ast/word.ts';
import { createWorkdir } from '../src/ast/workdir.ts';

type ValuePart = { readonly text: string } | { readonly var: string; readonly default?: string };

/** A mount as the vectors name its fields. */
export interface InputMount {
  readonly type: MountType;
  readonly target?: string;
  readonly source?: string;
  readonly from?: string;
  readonly id?: string;
  readonly size?: string | number;
  readonly sharing?: NonNullable<Mount['sharing']>;
  readonly required?: boolean;
  readonly env?: string;
  readonly readwrite?: boolean;
}

/** The value an instruction must give, as far as each instruction has it. */
export interface EncodeInput {
  readonly pairs?: readonly (readonly [string, string | readonly ValuePart[]])[];
  readonly given?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly default?: string;
  readonly argv?: readonly string[];
  readonly shell?: string;
  readonly mounts?: readonly InputMount[];
  readonly test?: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly startInterval?: number;
  readonly retries?: number;
  readonly path?: string;
  readonly user?: string;
  readonly signal?: string;
  readonly paths?: readonly string[];
  readonly ports?: readonly string[];
  readonly sources?: readonly string[];
  readonly dest?: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly exclude?: readonly string[];
  readonly literal?: boolean;
  readonly data?: string;
}

export interface EncodeCase {
  readonly id: string;
  readonly instruction: string;
  readonly input: EncodeInput;
  readonly escape: EscapeToken;
  readonly impossible?: boolean;
}

/** A file with the instruction alone, behind what its variables need. */
export function fileOf({ instruction, input, escape: token }: EncodeCase): DockerfileNode {
  const given = Object.entries(input.given ?? {}).map(([name, value]) =>
    createEnv({ pairs: [[name, value]] }),
  );
  const nodes = nodesOf(instruction, input);
  return singleStage([...given, ...nodes], token);
}

function singleStage(instructions: readonly InstructionNode[], token: EscapeToken): DockerfileNode {
  const from = createFrom({ base: { kind: 'image', image: 'alpine' } });
  const directives = token === '\\' ? [] : [{ name: 'escape', value: token }];
  return createDockerfile({
    directives,
    escape: token,
    args: [],
    stages: [createStage({ from, instructions })],
  });
}

const makers: Readonly<Record<string, (input: EncodeInput) => readonly InstructionNode[]>> = {
  ENV: ({ pairs = [] }) => [createEnv({ pairs: pairs.map(([name, value]) => [name, toWord(value)]) })],
  LABEL: ({ pairs = [] }) => [createLabel({ pairs: pairs.map(([name, value]) => [name, toWord(value)]) })],
  ARG: (input) => [
    createArg({ args: [{ name: input.name ?? '', default: input.default ?? '' }] }),
    createRun({ command: { form: 'exec', argv: ['show'] } }),
  ],
  CMD: (input) => [createCmd({ command: toCommand(input) })],
  ENTRYPOINT: (input) => [createEntrypoint({ command: toCommand(input) })],
  SHELL: ({ argv = [] }) => [createShell({ argv })],
  RUN: (input) => [createRun({ command: toCommand(input), mounts: (input.mounts ?? []).map(toMount) })],
  HEALTHCHECK: (input) => [createHealthCheck(toHealthCheck(input))],
  WORKDIR: ({ path = '' }) => [createWorkdir({ path })],
  USER: ({ user = '' }) => [createUser({ user })],
  STOPSIGNAL: ({ signal = '' }) => [createStopSignal({ signal })],
  VOLUME: ({ paths = [] }) => [createVolume({ paths })],
  EXPOSE: ({ ports = [] }) => [createExpose({ ports })],
  COPY: (input) => [createCopy(toTransfer(input))],
  ADD: (input) => [createAdd(toTransfer(input))],
};

function nodesOf(instruction: string, input: EncodeInput): readonly InstructionNode[] {
  const make = makers[instruction];
  if (make === undefined) throw new Error(`The vectors have an unknown instruction "${instruction}".`);
  return make(input);
}

function toWord(value: string | readonly ValuePart[]): Word {
  if (typeof value === 'string') return value;
  return createExpansion(
    value.map((part) => {
      if ('text' in part) return part.text;
      const operator = part.default === undefined ? {} : ({ operator: ':-', operand: part.default } as const);
      return { kind: 'Variable', name: part.var, ...operator };
    }),
  );
}

/** A text of several lines that ends in a newline is a script. */
function toCommand({ argv, shell }: EncodeInput): Command {
  if (shell === undefined) return { form: 'exec', argv: argv ?? [] };
  return { form: 'shell', commands: [shell] };
}

function toMount({ from, size, readwrite, ...rest }: InputMount): Mount {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: { kind: 'name', name: from } }),
    ...(size === undefined ? {} : { size: String(size) }),
    ...(readwrite === undefined ? {} : { readOnly: !readwrite }),
  };
}

function toHealthCheck(input: EncodeInput): Parameters<typeof createHealthCheck>[0] {
  const [kind, ...words] = input.test ?? [];
  const command: Command =
    kind === 'CMD' ? { form: 'exec', argv: words } : { form: 'shell', commands: [words[0] ?? ''] };
  return {
    ...(kind === 'NONE' ? {} : { command }),
    ...duration('interval', input.interval),
    ...duration('timeout', input.timeout),
    ...duration('startPeriod', input.startPeriod),
    ...duration('startInterval', input.startInterval),
    ...(input.retries === undefined ? {} : { retries: input.retries }),
  };
}

function duration(name: string, nanoseconds: number | undefined): Readonly<Record<string, string>> {
  return nanoseconds === undefined ? {} : { [name]: `${nanoseconds}ns` };
}

function toTransfer(input: EncodeInput): TransferFields {
  const { sources = [], dest = input.path ?? '', chown, chmod, exclude, data } = input;
  return {
    sources: input.literal === true ? sources.map(literalPattern) : sources,
    ...(data === undefined ? {} : { files: [{ data }] }),
    dest,
    ...(chown === undefined ? {} : { chown }),
    ...(chmod === undefined ? {} : { chmod }),
    ...(exclude === undefined ? {} : { exclude }),
  };
}

/** The pattern that matches one file name only. */
export function literalPattern(name: string): string {
  return name.replace(/[*?[]/gu, '[$&]').replaceAll('\\', '\\\\');
}
