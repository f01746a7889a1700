import { expect, test } from 'vitest';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import type { EvaluatedMount, Evaluation } from '../src/evaluate/evaluation.ts';
import { cleanPath } from '../src/evaluate/paths.ts';
import { evaluate } from '../src/evaluate-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { printDockerfile } from '../src/print/print-dockerfile.ts';
import { readCases } from './conformance-cases.ts';
import {
  type EncodeCase,
  type EncodeInput,
  fileOf,
  type InputMount,
  literalPattern,
} from './encode-nodes.ts';

const cases = readCases<EncodeCase>('encode.jsonl');

test('every value is written so that it evaluates to itself, or is refused where BuildKit has no text for it', () => {
  expect(cases.length).toBeGreaterThan(0);
  const differences = cases.flatMap((entry) => {
    const answer = answerTo(entry);
    const wanted = entry.impossible === true ? 'invalid-value' : expected(entry);
    return same(answer.value, wanted) ? [] : [{ id: entry.id, text: answer.text, is: answer.value, wanted }];
  });
  expect(differences).toEqual([]);
});

interface Answer {
  readonly text?: string;
  /** What the instruction evaluates to, or the code of the error that refused it. */
  readonly value: unknown;
}

function answerTo(entry: EncodeCase): Answer {
  try {
    return readBack(entry, printDockerfile(fileOf(entry)).text);
  } catch (error) {
    return { value: isStagecraftError(error) ? error.code : String(error) };
  }
}

function readBack(entry: EncodeCase, text: string): Answer {
  try {
    return { text, value: observed(entry, evaluate(parseDockerfile(text))) };
  } catch (error) {
    return { text, value: String(error) };
  }
}

/** The part of an evaluation the instruction is about, in the shape of {@link expected}. */
function observed({ instruction, input }: EncodeCase, { image, runs, files }: Evaluation): unknown {
  const copies = files.flatMap((file) => (file.action === 'copy' ? [file] : []));
  switch (instruction) {
    case 'ENV':
      return image.Env?.slice(-(input.pairs?.length ?? 0));
    case 'ARG':
      return runs[0]?.env.slice(1);
    case 'RUN':
      return { args: runs[0]?.args, mounts: input.mounts && observedMounts(runs[0]) };
    case 'COPY':
    case 'ADD':
      if (input.data !== undefined) return { dest: copies[0]?.dest, data: dataOf(files) };
      return copies.map(({ action: _, unpack: __, ...copy }) => copy);
    default:
      return image[fields[instruction] ?? 'Platform'] ?? [];
  }
}

const fields: Readonly<Record<string, keyof Evaluation['image']>> = {
  LABEL: 'Labels',
  CMD: 'Cmd',
  ENTRYPOINT: 'Entrypoint',
  SHELL: 'Shell',
  HEALTHCHECK: 'Healthcheck',
  WORKDIR: 'WorkingDir',
  USER: 'User',
  STOPSIGNAL: 'StopSignal',
  VOLUME: 'Volumes',
  EXPOSE: 'ExposedPorts',
};

function expected({ instruction, input }: EncodeCase): unknown {
  switch (instruction) {
    case 'ENV':
      return input.pairs?.map(([name, value]) => `${name}=${textOfValue(value, input)}`);
    case 'LABEL':
      return Object.fromEntries(
        (input.pairs ?? []).map(([name, value]) => [name, textOfValue(value, input)]),
      );
    case 'ARG':
      return [`${input.name}=${input.default}`];
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return argvOf(input);
    case 'RUN':
      return { args: argvOf(input), mounts: input.mounts?.map(wantedMount) };
    case 'HEALTHCHECK':
      return wantedHealthCheck(input);
    case 'COPY':
    case 'ADD':
      return wantedCopies(input);
    case 'VOLUME':
      return [...(input.paths ?? [])].sort();
    case 'EXPOSE':
      return [...(input.ports ?? [])].sort();
    default:
      return input.path ?? input.user ?? input.signal;
  }
}

function textOfValue(
  value: NonNullable<EncodeInput['pairs']>[number][1],
  { given = {} }: EncodeInput,
): string {
  if (typeof value === 'string') return value;
  return value.map((part) => ('text' in part ? part.text : given[part.var] || (part.default ?? ''))).join('');
}

function argvOf({ argv, shell }: EncodeInput): readonly string[] {
  return shell === undefined ? (argv ?? []) : ['/bin/sh', '-c', shell];
}

function wantedHealthCheck(input: EncodeInput): object {
  const times = {
    Interval: input.interval,
    Timeout: input.timeout,
    StartPeriod: input.startPeriod,
    StartInterval: input.startInterval,
    Retries: input.retries,
  };
  return { Test: input.test, ...Object.fromEntries(Object.entries(times).filter(([, value]) => value)) };
}

function wantedCopies(input: EncodeInput): unknown {
  const { sources = [], dest = '', chown, chmod, exclude } = input;
  if (input.data !== undefined) return { dest: input.path, data: input.data };
  const isOctal = chmod !== undefined && /^[0-7]+$/u.test(chmod);
  return sources.map((source) => ({
    src: cleanPath(`/${input.literal === true ? literalPattern(source) : source}`),
    dest,
    ...(chown === undefined ? {} : { owner: chown.includes(':') ? chown : `${chown}:` }),
    ...(chmod === undefined ? {} : isOctal ? { mode: chmod.padStart(4, '0') } : { modeStr: chmod }),
    ...(exclude === undefined ? {} : { exclude }),
  }));
}

function dataOf(files: Evaluation['files']): string | undefined {
  const file = files.find(({ action }) => action === 'file');
  return file?.action === 'file' ? file.data : undefined;
}

function observedMounts(run: Evaluation['runs'][number] | undefined): readonly object[] {
  const inEnvironment = (run?.secretEnv ?? []).filter(
    ({ id }) => !run?.mounts?.some(({ secret }) => secret?.id === id),
  );
  return [
    ...(run?.mounts ?? []).map((mount) => observedMount(mount, run?.secretEnv ?? [])),
    ...inEnvironment.map(({ id, name, optional }) => ({
      type: 'secret',
      id,
      env: name,
      ...(optional === true ? {} : { required: true }),
    })),
  ];
}

function observedMount(mount: EvaluatedMount, secretEnv: readonly { id: string; name: string }[]): object {
  const { type, target, source, readonly, cache, size, secret, ssh } = mount;
  const access = secret ?? ssh;
  const env = secretEnv.find(({ id }) => id === secret?.id)?.name;
  return {
    type,
    target,
    ...(source === undefined ? {} : { source }),
    ...(type === 'bind' ? { readonly: readonly === true } : {}),
    ...(cache === undefined ? {} : { id: cache.id.slice(1), sharing: cache.sharing }),
    ...(size === undefined ? {} : { size }),
    ...(access === undefined ? {} : { id: access.id }),
    ...(access !== undefined && access.optional !== true ? { required: true } : {}),
    ...(env === undefined ? {} : { env }),
  };
}

function wantedMount({
  type,
  target,
  source,
  id,
  sharing,
  size,
  required,
  env,
  readwrite,
}: InputMount): object {
  return {
    type,
    ...(target === undefined ? {} : { target }),
    ...(source === undefined ? {} : { source: cleanPath(`/${source}`) }),
    ...(type === 'bind' ? { readonly: readwrite !== true } : {}),
    ...(type === 'cache' ? { id: id ?? target, sharing: sharing ?? 'shared' } : {}),
    ...(type === 'tmpfs' ? { size: Number(size ?? 0) } : {}),
    ...(type === 'secret' || type === 'ssh' ? { id } : {}),
    ...(required === true ? { required: true } : {}),
    ...(env === undefined ? {} : { env }),
  };
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
