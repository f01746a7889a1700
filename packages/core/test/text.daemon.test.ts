import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureDaemon } from '../../../scripts/daemon.mjs';
import { createCmd } from '../src/ast/cmd.ts';
import { createDockerfile } from '../src/ast/dockerfile.ts';
import { createEntrypoint } from '../src/ast/entrypoint.ts';
import { createEnv } from '../src/ast/env.ts';
import { createFrom } from '../src/ast/from.ts';
import { createHealthCheck } from '../src/ast/health-check.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createLabel } from '../src/ast/label.ts';
import { createShell } from '../src/ast/shell.ts';
import { createStage } from '../src/ast/stage.ts';
import { createUser } from '../src/ast/user.ts';
import { createVolume } from '../src/ast/volume.ts';
import type { EscapeToken } from '../src/ast/word.ts';
import { createWorkdir } from '../src/ast/workdir.ts';
import { printDockerfile } from '../src/print/print-dockerfile.ts';
import { hostileSeed, sampleHostileText } from './hostile-text.ts';

const buildsPerBuilder = 4;
const valuesPerBuild = 900;
const repository = `stagecraft-text-${process.pid}`;

let docker: Docker;

beforeAll(async () => {
  const { socketPath } = await ensureDaemon();
  docker = socketPath === undefined ? new Docker() : new Docker({ socketPath });
});

afterAll(async () => {
  const images = await docker.listImages({ filters: { reference: [repository] } });
  for (const { RepoTags } of images) {
    for (const tag of RepoTags ?? []) await docker.getImage(tag).remove({ force: true });
  }
});

/** The same frontends BuildKit and the classic builder have; both read the text through their own lexers. */
const builders = [
  { name: 'BuildKit', version: '2', token: '\\' },
  { name: 'BuildKit with a backtick as escape token', version: '2', token: '`' },
  { name: 'the classic builder', version: '1', token: '\\' },
] as const;

let checked = 0;

test.each(builders)('$name reads every value byte for byte', async ({ version, token }) => {
  for (let build = 0; build < buildsPerBuilder; build += 1) {
    const tag = `${repository}:v${version}-${token === '`' ? 'backtick' : 'backslash'}-${build}`;
    const wanted = wantedImage(sampleHostileText(valuesPerBuild * 2), build);
    const text = printDockerfile(fileOf(wanted, token), {
      profile: version === '1' ? 'classic' : 'buildkit',
    }).text;
    await buildImage(text, tag, version);
    const { Config } = await docker.getImage(tag).inspect();
    expect({ seed: hostileSeed, ...actualImage(Config) }).toEqual({ seed: hostileSeed, ...wanted });
    checked += countOf(wanted);
  }
});

test('at least 5,000 values were compared', () => {
  expect(checked).toBeGreaterThanOrEqual(5000);
});

interface Values {
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[];
  readonly shell: readonly string[];
  readonly test: readonly string[];
  readonly user: string;
  readonly workdir: string;
}

/** Takes only what each place can hold, so that no value of a build is refused. */
function wantedImage(texts: readonly string[], build: number): Values {
  const lines = texts.filter((text) => !/[\n\0]/u.test(text));
  const part = (index: number, list: readonly string[] = lines): readonly string[] =>
    list.slice(index * 100, (index + 1) * 100);
  const names = [...new Set(part(3).filter((text) => text.trim() !== '' && !text.includes('=')))];
  return {
    env: Object.fromEntries([...part(0), ...part(1)].map((value, index) => [`K${index}`, value])),
    labels: {
      ...Object.fromEntries(part(2).map((value, index) => [`k${index}`, value])),
      ...Object.fromEntries(names.map((name, index) => [name, `${index}`])),
    },
    volumes: [...new Set(part(4).filter((text) => text !== ''))].sort(),
    cmd: part(5, texts),
    entrypoint: part(6, texts),
    shell: part(7, texts),
    test: ['CMD', ...part(8, texts)],
    user: `u${lines[build] ?? ''}`,
    workdir: `/w${(lines[build + 10] ?? '').replace(/[/.]/gu, '')}`,
  };
}

function countOf(values: Values): number {
  const lists = [values.volumes, values.cmd, values.entrypoint, values.shell, values.test];
  const pairs = [values.env, values.labels].map((record) => Object.keys(record));
  return [...lists, ...pairs].reduce((sum, list) => sum + list.length, 2);
}

function fileOf(values: Values, token: EscapeToken): ReturnType<typeof createDockerfile> {
  const instructions: readonly InstructionNode[] = [
    createEnv({ pairs: Object.entries(values.env) }),
    createLabel({ pairs: Object.entries(values.labels) }),
    createVolume({ paths: values.volumes }),
    // Made before the user is set: BuildKit looks the owner of a new directory up.
    createWorkdir({ path: values.workdir }),
    createUser({ user: values.user }),
    createShell({ argv: values.shell }),
    createHealthCheck({ command: { form: 'exec', argv: values.test.slice(1) } }),
    createEntrypoint({ command: { form: 'exec', argv: values.entrypoint } }),
    createCmd({ command: { form: 'exec', argv: values.cmd } }),
  ];
  const from = createFrom({ base: { kind: 'image', image: 'scratch' } });
  return createDockerfile({
    directives: token === '\\' ? [] : [{ name: 'escape', value: token }],
    escape: token,
    args: [],
    stages: [createStage({ from, instructions })],
  });
}

async function buildImage(text: string, tag: string, version: '1' | '2'): Promise<void> {
  const archive = pack();
  archive.entry({ name: 'Dockerfile' }, text);
  archive.finalize();
  const stream = await docker.buildImage(Readable.from(archive), { t: tag, version });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error, events: readonly { readonly error?: string }[]) => {
      const failure = error ?? events.find((event) => event.error !== undefined)?.error;
      if (failure == null) resolve();
      else reject(failure instanceof Error ? failure : new Error(failure));
    });
  });
}

function actualImage(config: Docker.ImageInspectInfo['Config']): Values {
  const { Env, Labels, Volumes, Cmd, Entrypoint, Shell, Healthcheck, User, WorkingDir } = config as Readonly<
    Record<string, unknown>
  > & { readonly Env: readonly string[]; readonly Healthcheck: { readonly Test: readonly string[] } };
  return {
    env: Object.fromEntries(
      Env.filter((entry) => !entry.startsWith('PATH=')).map((entry) => {
        const equals = entry.indexOf('=');
        return [entry.slice(0, equals), entry.slice(equals + 1)];
      }),
    ),
    labels: Labels as Values['labels'],
    volumes: Object.keys(Volumes as object).sort(),
    cmd: Cmd as readonly string[],
    entrypoint: Entrypoint as readonly string[],
    shell: Shell as readonly string[],
    test: Healthcheck.Test,
    user: User as string,
    workdir: WorkingDir as string,
  };
}
