import { type ArgNode, createArg } from '../ast/arg.ts';
import type { InstructionNode } from '../ast/index.ts';
import { createStage, type StageNode } from '../ast/stage.ts';
import { type ArgDeclaration, type VariableReference, variablesOf, type Word } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { shareCallSite } from '../source/call-site.ts';
import { whereOf } from '../source/where.ts';
import { freeze } from '../util/freeze.ts';
import { predefinedArgs } from './predefined-args.ts';
import { variablesOfFrom, variablesRead } from './variables-of.ts';

/** Stages whose `arg()` objects are declared wherever they are read. */
export interface ScopedArgs {
  /** What stands before the first FROM. */
  readonly globals: readonly ArgNode[];
  readonly stages: readonly StageNode[];
  readonly problems: readonly StagecraftError[];
}

/**
 * Puts an ARG before the first instruction of each stage that reads an `arg()` object, and its default before the
 * first FROM. As late as possible, because an ARG that changes rebuilds everything below it.
 */
export function scopeArgs(stages: readonly StageNode[]): ScopedArgs {
  const globals = new Map<string, ArgDeclaration>();
  const problems: StagecraftError[] = [];
  const collect = (declaration: ArgDeclaration, reader: object): void => {
    for (const inner of declaration.default === undefined ? [] : declared(variablesOf(declaration.default)))
      collect(inner, reader);
    const known = globals.get(declaration.name);
    if (known !== undefined && !sameWord(known.default, declaration.default))
      problems.push(conflict(declaration, reader));
    globals.set(declaration.name, known ?? declaration);
  };
  const inherited = new Map<StageNode, ReadonlySet<string>>();
  const scoped = stages.map((stage) => {
    for (const declaration of declared(variablesOfFrom(stage.from))) collect(declaration, stage.from);
    const visible = new Set(stage.from.base.kind === 'stage' ? inherited.get(stage.from.base.stage) : []);
    const instructions = stage.instructions.flatMap((node) => declareBefore(node, visible, collect));
    inherited.set(stage, visible);
    return { from: stage.from, instructions };
  });
  return {
    globals: [...globals.values()]
      .filter(needsGlobal)
      .map((declaration) => createArg({ args: [withoutScope(declaration)] })),
    stages: scoped.map(createStage),
    problems,
  };
}

function declareBefore(
  node: InstructionNode,
  visible: Set<string>,
  collect: (declaration: ArgDeclaration, reader: object) => void,
): readonly InstructionNode[] {
  const read = declared(variablesRead(node));
  for (const declaration of read) collect(declaration, node);
  const missing = read.filter(({ name }) => !visible.has(name));
  const added = [...new Set(missing.map(({ name }) => name))].map((name) =>
    shareCallSite(node, createArg({ args: [freeze({ name })] })),
  );
  for (const { args } of added) for (const { name } of args) visible.add(name);
  if (node.kind !== 'Arg') return [...added, node];
  return [...added, declareHere(node, visible, collect)];
}

/** An `arg()` object given to `.arg()` keeps its default before the first FROM. */
function declareHere(
  node: ArgNode,
  visible: Set<string>,
  collect: (declaration: ArgDeclaration, reader: object) => void,
): ArgNode {
  for (const declaration of node.args) {
    visible.add(declaration.name);
    if (declaration.global === true) collect(declaration, node);
  }
  if (node.args.every((declaration) => declaration.global !== true)) return node;
  const args = node.args.map((declaration) =>
    declaration.global === true ? freeze({ name: declaration.name }) : declaration,
  );
  return shareCallSite(node, createArg({ ...node, args }));
}

function declared(variables: readonly VariableReference[]): readonly ArgDeclaration[] {
  return variables.flatMap((variable) => (variable.declaration === undefined ? [] : [variable.declaration]));
}

/** Platform arguments exist before the first FROM without being declared. */
function needsGlobal(declaration: ArgDeclaration): boolean {
  return declaration.default !== undefined || !predefinedArgs.has(declaration.name);
}

function withoutScope({ name, default: value }: ArgDeclaration): ArgDeclaration {
  return freeze({ name, ...(value === undefined ? {} : { default: value }) });
}

function sameWord(left: Word | undefined, right: Word | undefined): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function conflict(declaration: ArgDeclaration, reader: object): StagecraftError {
  return new StagecraftError(
    'invalid-value',
    `Two build arguments "${declaration.name}" have different defaults.`,
    {
      hint: 'Declare it once with arg(…) and use that object everywhere.',
      where: whereOf(reader),
    },
  );
}
