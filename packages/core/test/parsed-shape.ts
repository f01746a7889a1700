import { expect } from 'vitest';
import type { AddNode } from '../src/ast/add.ts';
import type { Command } from '../src/ast/command.ts';
import type { CopyNode } from '../src/ast/copy.ts';
import type { DockerfileNode } from '../src/ast/dockerfile.ts';
import type { FromNode } from '../src/ast/from.ts';
import type { HealthCheckNode } from '../src/ast/health-check.ts';
import type { InstructionKind, InstructionMap, InstructionNode } from '../src/ast/index.ts';
import type { InstructionSource } from '../src/ast/node-base.ts';
import type { RunNode } from '../src/ast/run.ts';
import type { ArgDeclaration, Word } from '../src/ast/word.ts';
import { wordText } from '../src/ast/word-text.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import type { MountFields } from '../src/evaluate/mount-fields.ts';
import { triggerText } from '../src/evaluate/on-build.ts';
import { readMount } from '../src/evaluate/raw-mount.ts';
import { expandMount } from '../src/evaluate/typed-mount.ts';
import { parseGoDuration } from '../src/util/durations.ts';

/** A parsed file in the shape of `parse.jsonl`: what the nodes say, nothing read a second time. */
export function describeFile(file: DockerfileNode): unknown {
  const nodes = [...file.args, ...file.stages.flatMap((stage) => [stage.from, ...stage.instructions])];
  const syntax = file.directives.find(({ name }) => name === 'syntax')?.value.split(/\s/u)[0];
  return {
    escape: file.escape,
    directives: file.directives.map(({ name, value, line }) => ({ name, value, line })),
    ...(syntax === undefined ? {} : { syntax }),
    instructions: nodes.map(describeSource),
    metaArgs: file.args.map((node) => node.args.map(declaration)),
    stages: file.stages.map(({ from, instructions }) => ({
      name: from.name?.toLowerCase() ?? null,
      base: baseText(from),
      platform: from.platform === undefined ? null : wordText(from.platform),
      commands: instructions.map((node) => ({ keyword: keywordOf(node), ...describe(node) })),
    })),
  };
}

function baseText({ base }: FromNode): string {
  return base.kind === 'image' ? wordText(base.image) : '';
}

function describeSource({ source }: { readonly source?: InstructionSource }): unknown {
  if (source === undefined) return undefined;
  const { keyword, location, text, flags, args, pairs, json, heredocs, comments } = source;
  return {
    keyword: keyword.toUpperCase(),
    lines: [location.line, location.endLine],
    text,
    flags,
    ...(pairs === undefined ? { args } : { pairs }),
    json,
    heredocs: heredocs.map(({ name, content, expand, chomp, fileDescriptor }) => ({
      name,
      content,
      expand,
      chomp,
      ...(fileDescriptor === undefined ? {} : { fd: fileDescriptor }),
    })),
    comments,
  };
}

const keywords: Partial<Record<InstructionKind, string>> = { Raw: '' };

function keywordOf(node: InstructionNode): string {
  return keywords[node.kind] ?? node.kind.toUpperCase();
}

function declaration({ name, default: value }: ArgDeclaration): unknown {
  return { name, value: value === undefined ? null : wordText(value) };
}

type Describers = { readonly [K in InstructionKind]: (node: InstructionMap[K]) => object };

const words = (list: readonly Word[]): readonly string[] => list.map(wordText);
const pairs = (node: InstructionMap['Env'] | InstructionMap['Label']): object => ({
  pairs: node.pairs.map(words),
  ...(node.legacy === true ? { legacy: true } : {}),
});

const describers: Describers = {
  Add: (node) => ({
    ...transfer(node),
    ...(node.checksum === undefined ? {} : { checksum: wordText(node.checksum) }),
    ...(node.keepGitDir === undefined ? {} : { keepGitDir: node.keepGitDir }),
    ...(node.unpack === undefined ? {} : { unpack: node.unpack }),
  }),
  Arg: (node) => ({ args: node.args.map(declaration) }),
  Cmd: (node) => command(node.command),
  Copy: (node) => ({
    ...transfer(node),
    ...(node.from?.kind === 'name' ? { from: node.from.name } : {}),
    ...(node.parents === true ? { parents: true } : {}),
  }),
  Entrypoint: (node) => command(node.command),
  Env: pairs,
  Expose: (node) => ({ values: [...words(node.ports)].sort() }),
  HealthCheck: healthCheck,
  Label: pairs,
  Maintainer: (node) => ({ value: node.name }),
  OnBuild: (node) => ({
    expression: node.source === undefined ? '' : triggerText(node.source),
    ...(node.trigger.kind === 'Raw'
      ? { triggerError: expect.any(String) }
      : { trigger: { keyword: keywordOf(node.trigger), ...describe(node.trigger) } }),
  }),
  Raw: () => ({}),
  Run: run,
  Shell: (node) => ({ args: node.argv }),
  StopSignal: (node) => ({ value: wordText(node.signal) }),
  User: (node) => ({ value: wordText(node.user) }),
  Volume: (node) => ({ values: words(node.paths) }),
  Workdir: (node) => ({ value: wordText(node.path) }),
};

function describe<K extends InstructionKind>(node: InstructionMap[K]): object {
  return describers[node.kind as K](node);
}

function transfer(node: CopyNode | AddNode): object {
  return {
    sources: words(node.sources),
    dest: wordText(node.dest),
    ...(node.files === undefined
      ? {}
      : {
          files: node.files.map(({ name, data }) => ({
            name,
            data: wordText(data),
            expand: typeof data !== 'string',
          })),
        }),
    ...(node.chown === undefined ? {} : { chown: wordText(node.chown) }),
    ...(node.chmod === undefined ? {} : { chmod: wordText(node.chmod) }),
    ...(node.link === true ? { link: true } : {}),
    ...(node.exclude === undefined ? {} : { exclude: node.exclude }),
  };
}

function command(value: Command): object {
  if (value.form === 'exec') return { form: 'exec', args: value.argv };
  if (value.form === 'shell') return { form: 'shell', args: value.commands.map(wordText) };
  return { form: 'shell' };
}

function healthCheck(node: HealthCheckNode): object {
  const { command: check, interval, timeout, startPeriod, startInterval, retries = 0 } = node;
  const times = Object.entries({ interval, timeout, startPeriod, startInterval })
    .map(([name, text]) => [name, text === undefined ? 0 : parseGoDuration(text)] as const)
    .filter(([, nanoseconds]) => nanoseconds !== 0);
  return { test: testOf(check), ...Object.fromEntries(times), ...(retries === 0 ? {} : { retries }) };
}

function testOf(check: Command | undefined): readonly string[] {
  if (check === undefined) return ['NONE'];
  if (check.form === 'exec') return ['CMD', ...check.argv];
  return ['CMD-SHELL', ...(check.form === 'shell' ? check.commands.map(wordText) : [])];
}

function run(node: RunNode): object {
  const heredocs = node.source?.heredocs ?? [];
  const shape =
    node.command.form === 'script' ? { form: 'shell', args: node.source?.args } : command(node.command);
  return {
    ...shape,
    ...(heredocs.length === 0 || node.source?.json === true ? {} : { heredocs: expect.any(Array) }),
    ...(node.network === undefined || node.network === 'default' ? {} : { network: node.network }),
    ...(node.security === undefined || node.security === 'sandbox' ? {} : { security: node.security }),
    ...(node.devices === undefined ? {} : { devices: node.devices }),
    ...mounts(node),
  };
}

function mounts(node: RunNode): object {
  if (node.mounts === undefined) return {};
  try {
    const read = node.mounts.map((mount) =>
      mount.type === 'raw' ? readMount(mount.text, (text) => text) : expandMount(mount, wordText),
    );
    return { mounts: read.map(mountShape) };
  } catch (error) {
    if (isStagecraftError(error)) return { mountError: expect.any(String) };
    throw error;
  }
}

function mountShape({ readOnly, ...fields }: MountFields): object {
  const given = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  return {
    ...Object.fromEntries(given),
    readonly: readOnly ?? (fields.type !== 'cache' && fields.type !== 'tmpfs'),
  };
}
