import { createAdd } from '../src/ast/add.ts';
import { createArg } from '../src/ast/arg.ts';
import { createCmd } from '../src/ast/cmd.ts';
import type { Command } from '../src/ast/command.ts';
import { createCopy } from '../src/ast/copy.ts';
import { createEntrypoint } from '../src/ast/entrypoint.ts';
import { createEnv } from '../src/ast/env.ts';
import { createHealthCheck } from '../src/ast/health-check.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createLabel } from '../src/ast/label.ts';
import { createMaintainer } from '../src/ast/maintainer.ts';
import type { Mount } from '../src/ast/mount.ts';
import { createRun } from '../src/ast/run.ts';
import { createShell } from '../src/ast/shell.ts';
import { createUser } from '../src/ast/user.ts';
import { createVolume } from '../src/ast/volume.ts';
import { createWorkdir } from '../src/ast/workdir.ts';
import type { EvaluatedFile, EvaluatedRun } from '../src/evaluate/evaluation.ts';
import { parseOwner } from '../src/evaluate/ownership.ts';
import type { StageState } from '../src/evaluate/stage-state.ts';

/** What an instruction left behind. */
export interface Effect {
  readonly state: StageState;
  /** The process it added, if any. */
  readonly run: EvaluatedRun | undefined;
  /** The files it added. */
  readonly files: readonly EvaluatedFile[];
}

/** A place in an instruction where a value stands. */
export interface Position {
  readonly name: string;
  readonly node: (value: string, index: number) => InstructionNode;
  /** The value as the image or the process gets it. */
  readonly read: (effect: Effect, index: number, value: string) => unknown;
  /** What that should be; the value itself where this is absent. */
  readonly want?: (value: string, index: number) => unknown;
}

const exec = (value: string): Command => ({ form: 'exec', argv: ['x', value] });
const shell = (value: string): Command => ({ form: 'shell', commands: [value] });
const process = (value: string): readonly string[] => ['x', value];
const shellProcess = (value: string): readonly string[] => ['/bin/sh', '-c', value];
const copied = (key: 'src' | 'dest' | 'owner') => {
  return ({ files }: Effect): unknown =>
    files.flatMap((file) => (file.action === 'copy' ? [file[key]] : []))[0];
};
const mounted = (mount: (value: string) => Mount) => {
  return (value: string, index: number): InstructionNode =>
    createRun({ command: { form: 'exec', argv: [`${index}`] }, mounts: [mount(value)] });
};
/** A path that is neither shortened nor resolved, and in which no character is a wildcard. */
const plainPath = (value: string): string => `/p${value.replace(/[/.*?[\\]/gu, '')}`;

export const positions: readonly Position[] = [
  {
    name: 'ENV value',
    node: (value, index) => createEnv({ pairs: [[`K${index}`, value]] }),
    read: ({ state }, index) => state.image.env.get(`K${index}`),
  },
  {
    name: 'LABEL key',
    node: (value) => createLabel({ pairs: [[value, 'x']] }),
    read: ({ state }, _, value) => state.image.labels.get(value),
    want: () => 'x',
  },
  {
    name: 'LABEL value',
    node: (value, index) => createLabel({ pairs: [[`k${index}`, value]] }),
    read: ({ state }, index) => state.image.labels.get(`k${index}`),
  },
  {
    name: 'ARG default',
    node: (value, index) => createArg({ args: [{ name: `K${index}`, default: value }] }),
    read: ({ state }, index) => state.environment.get(`K${index}`),
  },
  {
    name: 'USER',
    node: (value) => createUser({ user: value }),
    read: ({ state }) => state.user,
  },
  {
    name: 'WORKDIR',
    node: (value) => createWorkdir({ path: `/${value}` }),
    read: ({ state }) => state.workdir,
    want: (value) => `/${value}`,
  },
  {
    name: 'VOLUME',
    node: (value) => createVolume({ paths: ['/x', value] }),
    read: ({ state }) => [...state.image.volumes].at(-1),
  },
  {
    name: 'MAINTAINER',
    node: (value) => createMaintainer({ name: value }),
    read: ({ state }) => state.image.author,
  },
  {
    name: 'CMD array',
    node: (value) => createCmd({ command: exec(value) }),
    read: ({ state }) => state.image.cmd,
    want: process,
  },
  {
    name: 'CMD text',
    node: (value) => createCmd({ command: shell(value) }),
    read: ({ state }) => state.image.cmd,
    want: shellProcess,
  },
  {
    name: 'ENTRYPOINT array',
    node: (value) => createEntrypoint({ command: exec(value) }),
    read: ({ state }) => state.image.entrypoint,
    want: process,
  },
  {
    name: 'ENTRYPOINT text',
    node: (value) => createEntrypoint({ command: shell(value) }),
    read: ({ state }) => state.image.entrypoint,
    want: shellProcess,
  },
  {
    name: 'SHELL',
    node: (value) => createShell({ argv: ['x', value] }),
    read: ({ state }) => state.image.shell,
    want: process,
  },
  {
    name: 'HEALTHCHECK array',
    node: (value) => createHealthCheck({ command: exec(value) }),
    read: ({ state }) => state.image.healthcheck?.Test,
    want: (value) => ['CMD', 'x', value],
  },
  {
    name: 'HEALTHCHECK text',
    node: (value) => createHealthCheck({ command: shell(value) }),
    read: ({ state }) => state.image.healthcheck?.Test,
    want: (value) => ['CMD-SHELL', value],
  },
  {
    name: 'RUN array',
    node: (value) => createRun({ command: exec(value) }),
    read: ({ run }) => run?.args,
    want: process,
  },
  {
    name: 'RUN text',
    node: (value) => createRun({ command: shell(value) }),
    read: ({ run }) => run?.args,
    want: shellProcess,
  },
  {
    name: 'RUN script',
    node: (value) => createRun({ command: { form: 'script', body: `${value}\n` } }),
    read: ({ run, files }) =>
      files.flatMap((file) => (file.action === 'file' ? [file.data] : []))[0] ?? run?.args[2],
    want: (value) => `${value}\n`,
  },
  {
    name: 'mount target',
    node: mounted((value) => ({ type: 'cache', id: 'x', target: `/${value}/x` })),
    read: ({ run }) => run?.mounts?.[0]?.target,
    want: (value) => `/${value}/x`,
  },
  {
    name: 'mount target before text',
    node: (value, index) =>
      createRun({
        command: { form: 'shell', commands: [`x ${index}`] },
        mounts: [{ type: 'cache', id: 'x', target: `/${value}/x` }],
      }),
    read: ({ run }) => [run?.args, run?.mounts?.[0]?.target],
    want: (value, index) => [['/bin/sh', '-c', `x ${index}`], `/${value}/x`],
  },
  {
    name: 'mount source',
    node: mounted((value) => ({ type: 'bind', source: plainPath(value), target: '/x' })),
    read: ({ run }) => run?.mounts?.[0]?.source,
    want: plainPath,
  },
  {
    name: 'secret id',
    node: mounted((value) => ({ type: 'secret', id: value, target: '/x' })),
    read: ({ run }) => run?.mounts?.[0]?.secret?.id,
    want: (value) => (value === '' ? 'x' : value),
  },
  {
    name: 'COPY source',
    node: (value) => createCopy({ sources: [plainPath(value)], dest: '/d/' }),
    read: copied('src'),
    want: plainPath,
  },
  {
    name: 'COPY destination',
    node: (value) => createCopy({ sources: ['a'], dest: plainPath(value) }),
    read: copied('dest'),
    want: plainPath,
  },
  {
    name: 'COPY owner',
    node: (value) => createCopy({ sources: ['a'], dest: '/d', chown: `u${value}` }),
    read: copied('owner'),
    want: (value) => parseOwner(`u${value}`),
  },
  {
    name: 'COPY exclusion',
    node: (value) => createCopy({ sources: ['a'], dest: '/d', exclude: [value] }),
    read: ({ files }) => files.flatMap((file) => (file.action === 'copy' ? [file.exclude] : []))[0],
    want: (value) => [value],
  },
  {
    name: 'COPY file content',
    node: (value) => createCopy({ sources: [], files: [{ data: `${value}\n` }], dest: '/d' }),
    read: ({ files }) => files.flatMap((file) => (file.action === 'file' ? [file.data] : []))[0],
    want: (value) => `${value}\n`,
  },
  {
    name: 'ADD source',
    node: (value) => createAdd({ sources: [plainPath(value)], dest: '/d/' }),
    read: copied('src'),
    want: plainPath,
  },
];
