import type { AddNode } from '../ast/add.ts';
import type { CopyNode } from '../ast/copy.ts';
import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import { readMountText } from '../ast/mount-text.ts';
import type { NodeBase } from '../ast/node-base.ts';
import type { Origin } from '../ast/origin.ts';
import type { RawNode } from '../ast/raw.ts';
import type { RunNode } from '../ast/run.ts';
import { simplifyWord } from '../ast/simplify-word.ts';
import type { StageNode } from '../ast/stage.ts';
import { createRawWord, type Word } from '../ast/word.ts';
import { whereOf } from '../source/where.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import type { ContextRead } from './context-read.ts';

/** Names of the stages that stand above an instruction; everything else that is named is outside the file. */
type StageNames = ReadonlySet<string>;

const remoteSource = /^(?:(?:https?|git|ssh):\/\/|github\.com\/|[\w.-]+@[\w.-]+:)/u;
const harmlessRaw =
  /^\s*(?:arg|cmd|entrypoint|env|expose|healthcheck|label|maintainer|shell|stopsignal|user|volume|workdir)\s/iu;

/**
 * What a Dockerfile reads from its build contexts: the sources of COPY, ADD and bind mounts.
 *
 * Files of other stages, of images, from the network and from here-documents are no reads. Where a variable decides
 * what is read, everything its value may name is: `src/$NAME` reads `src/*`.
 */
export function contextReads(dockerfile: DockerfileNode): readonly ContextRead[] {
  const reads: ContextRead[] = [];
  const names = new Set<string>();
  const triggers = new Map<string, readonly InstructionNode[]>();
  for (const [index, stage] of dockerfile.stages.entries()) {
    reads.push(...readsOfFrom(stage.from, names));
    const inherited = triggers.get(baseName(stage) ?? '') ?? [];
    for (const node of [...inherited, ...stage.instructions]) reads.push(...readsOf(node, names));
    const stageNames = [
      String(index),
      ...(stage.from.name === undefined ? [] : [stage.from.name.toLowerCase()]),
    ];
    for (const name of stageNames) {
      names.add(name);
      triggers.set(
        name,
        stage.instructions.flatMap((node) => (node.kind === 'OnBuild' ? [node.trigger] : [])),
      );
    }
  }
  return freezeList(reads);
}

function baseName(stage: StageNode): string | undefined {
  return stage.from.base.kind === 'name' ? stage.from.base.name.toLowerCase() : undefined;
}

/** A base that is not a stage may be replaced by a named context. */
function readsOfFrom(from: FromNode, stages: StageNames): ContextRead[] {
  const context = contextOf(from.base, stages);
  return context === undefined || context === ''
    ? []
    : [createRead(from, { kind: 'from', source: '.', whole: true, context })];
}

function readsOf(node: InstructionNode, stages: StageNames): ContextRead[] {
  if (node.kind === 'Copy' || node.kind === 'Add') return readsOfTransfer(node, stages);
  if (node.kind === 'Run') return readsOfRun(node, stages);
  return node.kind === 'Raw' ? readsOfRaw(node) : [];
}

function readsOfTransfer(node: CopyNode | AddNode, stages: StageNames): ContextRead[] {
  const context = node.kind === 'Copy' ? contextOf(node.from, stages) : '';
  if (context === undefined) return [];
  const isCopy = node.kind === 'Copy';
  return node.sources
    .map(toSource)
    .filter(({ source }) => isCopy || !remoteSource.test(source))
    .map((read) =>
      createRead(node, {
        ...read,
        kind: isCopy ? 'copy' : 'add',
        ...named(context),
        ...(node.exclude === undefined || node.exclude.length === 0 ? {} : { exclude: node.exclude }),
        ...(isCopy && node.parents === true ? { parents: true } : {}),
      }),
    );
}

function readsOfRun(node: RunNode, stages: StageNames): ContextRead[] {
  return (node.mounts ?? []).flatMap((mount) => {
    const { type, from, source } = mount.type === 'raw' ? readRawMount(mount) : mount;
    if (type !== 'bind') return [];
    const context = contextOf(from, stages);
    if (context === undefined) return [];
    return [createRead(node, { ...toSource(source ?? '.'), kind: 'bind', ...named(context) })];
  });
}

/** An instruction that nobody understands may read anything. */
function readsOfRaw(node: RawNode): ContextRead[] {
  if (harmlessRaw.test(node.text)) return [];
  return [createRead(node, { kind: 'copy', source: '.', whole: true })];
}

/** The fields of a mount with variables in its options, as far as they are text. */
function readRawMount(mount: RawMount): Pick<Mount, 'from' | 'source'> & { readonly type: string } {
  const options = readMountText(mount.text) ?? [];
  const last = (name: string): string | undefined =>
    options.findLast((option) => option.name === name)?.value;
  const type = last('type') ?? 'bind';
  const from = last('from') ?? '';
  const source = last('source');
  const unknownOrigin = type.includes('$') || from.includes('$');
  return {
    type: unknownOrigin ? 'bind' : type,
    ...(from === '' || unknownOrigin ? {} : { from: { kind: 'name', name: from } }),
    source: source === undefined || unknownOrigin ? '.' : createRawWord(source),
  };
}

/** The context an origin means: empty for the main one, undefined for none at all. */
function contextOf(origin: Origin | undefined, stages: StageNames): string | undefined {
  if (origin === undefined) return '';
  if (origin.kind === 'context') return origin.name;
  if (origin.kind === 'name') return stages.has(origin.name.toLowerCase()) ? undefined : origin.name;
  return origin.kind === 'image' && typeof origin.image === 'string' ? origin.image : undefined;
}

function named(context: string): Pick<ContextRead, 'context'> {
  return context === '' ? {} : { context };
}

function toSource(word: Word): Pick<ContextRead, 'source' | 'whole'> {
  const simple = simplifyWord(word);
  if (typeof simple === 'string')
    return isRoot(simple) ? { source: simple, whole: true } : { source: simple };
  const first = simple.kind === 'Expansion' ? simple.parts[0] : undefined;
  const prefix = typeof first === 'string' ? first : '';
  return isRoot(prefix) ? { source: '.', whole: true } : { source: `${prefix}*` };
}

function isRoot(source: string): boolean {
  return /^[./]*$/u.test(source) && !source.split('/').some((segment) => segment.length > 2);
}

function createRead(
  node: NodeBase,
  fields: Omit<ContextRead, 'where' | 'instruction' | 'line'>,
): ContextRead {
  const where = whereOf(node);
  const { source } = node;
  return freeze({
    ...fields,
    ...(where === undefined ? {} : { where }),
    ...(source === undefined ? {} : { instruction: source.text, line: source.location.line }),
  });
}
