import type { Command, ShellText } from '../ast/command.ts';
import type { TransferFields } from '../ast/copy.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionKind, InstructionMap, InstructionNode } from '../ast/index.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import { type VariableReference, variablesOf, type Word } from '../ast/word.ts';

type Readers = {
  readonly [K in InstructionKind]: (node: InstructionMap[K]) => readonly (Word | undefined)[];
};

/** The words of each instruction that may hold variables, shell text included. */
const wordsOf: Readers = {
  Add: (node) => [...transferWords(node), node.checksum],
  Arg: (node) => node.args.map((declaration) => declaration.default),
  Cmd: (node) => commandTexts(node.command),
  Copy: transferWords,
  Entrypoint: (node) => commandTexts(node.command),
  Env: (node) => node.pairs.flat(),
  Expose: (node) => node.ports,
  HealthCheck: (node) => (node.command === undefined ? [] : commandTexts(node.command)),
  Label: (node) => node.pairs.flat(),
  Maintainer: () => [],
  OnBuild: () => [],
  Raw: () => [],
  Run: (node) => [...commandTexts(node.command), ...(node.mounts ?? []).flatMap(mountWords)],
  Shell: () => [],
  StopSignal: (node) => [node.signal],
  User: (node) => [node.user],
  Volume: (node) => node.paths,
  Workdir: (node) => [node.path],
};

/** The variables an instruction reads. Those of an ONBUILD trigger are read in another build and don't count. */
export function variablesRead(node: InstructionNode): readonly VariableReference[] {
  return words(node).flatMap((word) => (word === undefined ? [] : variablesOf(word)));
}

/** The variables a FROM reads: they must be declared before the first one. */
export function variablesOfFrom(node: FromNode): readonly VariableReference[] {
  const base = node.base.kind === 'image' ? variablesOf(node.base.image) : [];
  return [...base, ...(node.platform === undefined ? [] : variablesOf(node.platform))];
}

function words<K extends InstructionKind>(node: InstructionMap[K]): readonly (Word | undefined)[] {
  const read: (typed: InstructionMap[K]) => readonly (Word | undefined)[] = wordsOf[node.kind as K];
  return read(node);
}

function transferWords(node: TransferFields): readonly (Word | undefined)[] {
  return [...node.sources, ...(node.files ?? []).map((file) => file.data), node.dest, node.chown, node.chmod];
}

function mountWords(mount: Mount | RawMount): readonly (Word | undefined)[] {
  if (mount.type === 'raw') return [];
  return [mount.target, mount.source, mount.id, mount.size, mount.mode, mount.uid, mount.gid, mount.env];
}

function commandTexts(command: Command): readonly ShellText[] {
  if (command.form === 'exec') return [];
  return command.form === 'script' ? [command.body] : command.commands;
}
