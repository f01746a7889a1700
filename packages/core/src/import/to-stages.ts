import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { fromOfMount } from '../ast/mount-text.ts';
import type { Origin } from '../ast/origin.ts';
import type { RunNode } from '../ast/run.ts';
import { createStage, type StageNode } from '../ast/stage.ts';
import type { ArgDeclaration } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { mapOrigins } from '../graph/map-origins.ts';
import { whereOf } from '../source/where.ts';
import { freeze } from '../util/freeze.ts';
import { bindGlobals, type GlobalArgs, simplifyWords } from './simplify-words.ts';

/** The stages of a file as the fluent calls make them: names replaced by references, in file order. */
export function toStages(dockerfile: DockerfileNode): readonly StageNode[] {
  const globals = globalArgs(dockerfile);
  const stages: StageNode[] = [];
  for (const parsed of dockerfile.stages) {
    const { from, instructions } = simplifyWords({ from: parsed.from, instructions: parsed.instructions });
    const find = (name: string, byIndex: boolean): StageNode | undefined => findStage(name, stages, byIndex);
    stages.push(
      createStage({
        from: referFrom(from, globals, find),
        instructions: instructions.map((node) => bindArgs(referInstruction(node, find), globals)),
      }),
    );
  }
  return stages;
}

type Find = (name: string, byIndex: boolean) => StageNode | undefined;

function globalArgs(dockerfile: DockerfileNode): GlobalArgs {
  const globals = new Map<string, ArgDeclaration>();
  for (const { args } of simplifyWords(dockerfile.args)) {
    for (const { name, default: value } of args) {
      const bound = value === undefined ? {} : { default: bindGlobals(value, globals) };
      globals.set(name, freeze({ name, ...bound, global: true }));
    }
  }
  return globals;
}

/** Later stages hide earlier ones of the same name; `--from=0` is a place in the file. */
function findStage(name: string, stages: readonly StageNode[], byIndex: boolean): StageNode | undefined {
  const named = stages.findLast((stage) => stage.from.name === name.toLowerCase());
  return named ?? (byIndex && /^\d+$/u.test(name) ? stages[Number(name)] : undefined);
}

function referFrom(node: FromNode, globals: GlobalArgs, find: Find): FromNode {
  const { base, platform, name } = node;
  const image = base.kind === 'image' ? bindGlobals(base.image, globals) : '';
  // FROM compares a name as it is written with the lower-case names of the stages.
  const stage = typeof image === 'string' && image === image.toLowerCase() ? find(image, false) : undefined;
  return freeze({
    ...node,
    base: freeze(stage === undefined ? { kind: 'image' as const, image } : { kind: 'stage' as const, stage }),
    ...(platform === undefined ? {} : { platform: bindGlobals(platform, globals) }),
    ...(name === undefined ? {} : { name: name.toLowerCase() }),
  });
}

function referInstruction(node: InstructionNode, find: Find): InstructionNode {
  // What a trigger names is looked up in the build that it fires in.
  if (node.kind === 'OnBuild') return node;
  if (node.kind === 'Run') refuseHiddenStage(node, find);
  return mapOrigins(node, (origin): Origin => {
    if (origin.kind !== 'name') return origin;
    const stage = find(origin.name, node.kind === 'Copy');
    return freeze(stage === undefined ? { kind: 'image', image: origin.name } : { kind: 'stage', stage });
  });
}

/** A mount that stays text would name a stage without bringing it along. */
function refuseHiddenStage(node: RunNode, find: Find): void {
  for (const mount of node.mounts ?? []) {
    const name = mount.type === 'raw' ? fromOfMount(mount.text) : '';
    if (mount.type !== 'raw' || name === '' || find(name, false) === undefined) continue;
    throw new StagecraftError(
      'invalid-value',
      `The mount "${mount.text}" names the stage "${name}" in a way that no call can.`,
      { hint: 'Write its type first, each option once, and flags as true or false.', where: whereOf(node) },
    );
  }
}

/** An ARG without a default that repeats one before the first FROM. */
function bindArgs(node: InstructionNode, globals: GlobalArgs): InstructionNode {
  if (node.kind !== 'Arg') return node;
  const args = node.args.map((declaration) => {
    const global = globals.get(declaration.name);
    return declaration.default === undefined && global !== undefined ? global : declaration;
  });
  return args.every((declaration, index) => declaration === node.args[index])
    ? node
    : freeze({ ...node, args });
}

/** The name a stage is known by in the result of an import. */
export function importedName(stage: StageNode, index: number): string {
  return stage.from.name ?? `stage-${index}`;
}
