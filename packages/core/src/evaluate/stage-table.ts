import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { fromOfMount } from '../ast/mount-text.ts';
import type { Origin } from '../ast/origin.ts';
import type { StageNode } from '../ast/stage.ts';
import type { EscapeToken } from '../ast/word.ts';
import { lexWord } from '../ast/word-lexer.ts';
import { textOf } from '../ast/word-piece.ts';
import type { Location } from '../source/location.ts';
import { didYouMean } from '../util/suggest.ts';
import { fail } from './fail.ts';
import { originName } from './origin-name.ts';
import { createStageState, type StageCommand, type StageState } from './stage-state.ts';

/** All stages in file order, then the images only `--from` names. */
export interface StageTable {
  readonly states: readonly StageState[];
  has(state: StageState): boolean;
  add(state: StageState): void;
  /** Names are compared in lower case; of two stages with one name the later counts. */
  findByName(name: string): StageState | undefined;
  findByIndex(index: number): StageState | undefined;
  /** For `Did you mean …?`. */
  names(): readonly string[];
}

export function createStageTable(): StageTable {
  const states: StageState[] = [];
  const known = new Set<StageState>();
  const byName = new Map<string, StageState>();
  return {
    states,
    has: (state) => known.has(state),
    add: (state) => {
      states.push(state);
      known.add(state);
      // FROM compares exactly, with names that are in lower case.
      state.base = state.replaced ? undefined : byName.get(state.baseName);
      if (state.name !== '') byName.set(state.name, state);
    },
    findByName: (name) => byName.get(name.toLowerCase()),
    findByIndex: (index) => states[index],
    names: () => states.map(({ name }) => name).filter((name) => name !== ''),
  };
}

export interface CommandSite {
  readonly escape: EscapeToken;
  readonly owner: FromNode | InstructionNode | undefined;
  readonly where: Location | undefined;
  readonly isOnBuild: boolean;
}

/** Finds what an instruction reads from and remembers it as a dependency of the stage. */
export function connectCommand(
  node: InstructionNode,
  state: StageState,
  table: StageTable,
  site: CommandSite,
): StageCommand {
  const sources = sourcesOf(node, table, site);
  for (const source of sources) {
    if (source === undefined) continue;
    state.dependencies.set(source, site.where);
    if (!table.has(source)) table.add(source);
  }
  return { node, sources, owner: site.owner, where: site.where, isOnBuild: site.isOnBuild };
}

function sourcesOf(
  node: InstructionNode,
  table: StageTable,
  site: CommandSite,
): readonly (StageState | undefined)[] {
  if (node.kind === 'Copy') return node.from === undefined ? [] : [copySource(node.from, table, site)];
  if (node.kind !== 'Run') return [];
  return (node.mounts ?? []).map((mount) => {
    if (mount.type !== 'raw') return mount.from && mountSource(mount.from, table, site);
    return mountSource({ kind: 'name', name: fromOfMount(mount.text) }, table, site);
  });
}

function mountSource(origin: Origin, table: StageTable, site: CommandSite): StageState | undefined {
  if (origin.kind === 'stage') return findByNode(origin.stage, table);
  const name = originName(origin);
  return name === '' ? undefined : (table.findByName(name) ?? unregistered(name, site));
}

function copySource(origin: Origin, table: StageTable, site: CommandSite): StageState | undefined {
  if (origin.kind === 'stage') return findByNode(origin.stage, table);
  const name = originName(origin);
  if (name === '') return undefined;
  const { pieces, error } = lexWord(name, { escape: site.escape });
  if (error !== undefined || textOf(pieces, () => '') !== name) {
    fail(
      `COPY --from=${name} has variables or quotes.`,
      'Define a stage with FROM and an ARG, and copy from that.',
    );
  }
  if (!/^[+-]?\d+$/u.test(name)) return table.findByName(name) ?? unregistered(name, site);
  return table.findByIndex(Number(name)) ?? fail(`There is no stage number ${Number(name)}.`);
}

function findByNode(node: StageNode, table: StageTable): StageState {
  return (
    table.states.find((state) => state.node === node) ??
    fail('A stage that is referred to is not in the file.')
  );
}

/** An image that no FROM names. */
function unregistered(name: string, { owner, where }: CommandSite): StageState {
  return createStageState({
    index: undefined,
    node: undefined,
    name: '',
    label: name,
    baseName: name,
    owner,
    where,
    replaced: false,
  });
}

/** The stage to build: the last one, or the one with the name. */
export function findTarget(table: StageTable, name: string | undefined): StageState {
  if (name === undefined || name === '') {
    return table.states.at(-1) ?? fail('The Dockerfile has no stages.', 'Start one with FROM.');
  }
  return (
    table.findByName(name) ?? fail(`There is no stage "${name}" to build.`, didYouMean(name, table.names()))
  );
}

/** A stage and all it needs. */
export function reachableFrom(target: StageState): ReadonlySet<StageState> {
  const reached = new Set<StageState>([target]);
  for (const state of reached) {
    if (state.base !== undefined) reached.add(state.base);
    for (const dependency of state.dependencies.keys()) reached.add(dependency);
  }
  return reached;
}
