import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { StageNode } from '../ast/stage.ts';
import type { Location } from '../source/location.ts';
import type { Healthcheck } from './evaluation.ts';
import type { Platform } from './platform.ts';

/** The configuration an image has so far. */
export interface ImageState {
  os: string;
  architecture: string;
  variant: string;
  readonly env: Map<string, string>;
  cmd: readonly string[];
  entrypoint: readonly string[];
  workingDir: string;
  user: string;
  readonly labels: Map<string, string>;
  readonly exposedPorts: Set<string>;
  readonly volumes: Set<string>;
  stopSignal: string;
  shell: readonly string[];
  healthcheck: Healthcheck | undefined;
  onBuild: readonly string[];
  author: string;
}

/** An instruction of a stage with the stages it reads from. */
export interface StageCommand {
  readonly node: InstructionNode;
  /** COPY: one entry when there is a `--from`. RUN: one entry for each mount. */
  readonly sources: readonly (StageState | undefined)[];
  /** What stands in the file for it: the instruction itself, or the FROM that fires the trigger. */
  readonly owner: FromNode | InstructionNode | undefined;
  readonly where: Location | undefined;
  readonly isOnBuild: boolean;
}

/** `NAME=value` entries, with their number in the {@link VertexTable}. */
export interface ProcessEnvironment {
  readonly entries: readonly string[];
  readonly vertex: number;
}

/** A stage, or an image that only `--from` names, while it is evaluated. */
export interface StageState {
  /** Place among the stages of the file; undefined for an image that only `--from` names. */
  readonly index: number | undefined;
  readonly node: StageNode | undefined;
  /** In lower case; empty when the stage has none. */
  readonly name: string;
  /** What messages call the stage. */
  readonly label: string;
  /** The expanded FROM reference. */
  readonly baseName: string;
  /** The FROM, or the instruction whose `--from` names the image. */
  readonly owner: FromNode | InstructionNode | undefined;
  readonly where: Location | undefined;
  /** A build context stands in for the whole stage. */
  readonly replaced: boolean;
  base: StageState | undefined;
  platform: Platform | undefined;
  commands: readonly StageCommand[];
  /** What the stage reads from, with the place that says so. */
  readonly dependencies: Map<StageState, Location | undefined>;
  image: ImageState;
  /** What instructions and RUN see: ENV and ARG, the latest last. */
  environment: Map<string, string>;
  /** The same as RUN gets it, kept until a variable changes. */
  processEnvironment: ProcessEnvironment | undefined;
  /** The names ARG declared, with a value or without. */
  declaredArgs: Set<string>;
  workdir: string;
  user: string;
  /** The file system, as a number of the {@link VertexTable}. */
  vertex: number;
  hasOwnCmd: boolean;
  resolved: boolean;
  triggersRead: boolean;
  dispatched: boolean;
}

export function createImageState(): ImageState {
  return {
    os: 'linux',
    architecture: 'amd64',
    variant: '',
    env: new Map(),
    cmd: [],
    entrypoint: [],
    workingDir: '',
    user: '',
    labels: new Map(),
    exposedPorts: new Set(),
    volumes: new Set(),
    stopSignal: '',
    shell: [],
    healthcheck: undefined,
    onBuild: [],
    author: '',
  };
}

type StageIdentity = Pick<
  StageState,
  'index' | 'node' | 'name' | 'label' | 'baseName' | 'owner' | 'where' | 'replaced'
>;

export function createStageState(identity: StageIdentity & { readonly platform?: Platform }): StageState {
  return {
    base: undefined,
    platform: undefined,
    commands: [],
    dependencies: new Map(),
    image: createImageState(),
    environment: new Map(),
    processEnvironment: undefined,
    declaredArgs: new Set(),
    workdir: '/',
    user: '',
    vertex: 0,
    hasOwnCmd: false,
    resolved: false,
    triggersRead: false,
    dispatched: false,
    ...identity,
  };
}

/** Takes over what the base stage has; called before and again after the base was evaluated. */
export function inheritFromBase(state: StageState): void {
  const { base } = state;
  if (base === undefined) return;
  state.platform = base.platform;
  state.image = {
    ...base.image,
    env: new Map(base.image.env),
    labels: new Map(base.image.labels),
    exposedPorts: new Set(base.image.exposedPorts),
    volumes: new Set(base.image.volumes),
    onBuild: [],
  };
  state.environment = new Map(base.environment);
  state.processEnvironment = undefined;
  state.declaredArgs = new Set(base.declaredArgs);
  state.workdir = base.workdir;
  state.user = base.user;
  state.vertex = base.vertex;
}

/** A variable that is set again moves to the end, as it does for the process of a RUN. */
export function setVariable(state: StageState, name: string, value: string): void {
  state.processEnvironment = undefined;
  state.environment.delete(name);
  state.environment.set(name, value);
}

/** Sets `NAME=value` in the image; a name that is set again keeps its place. */
export function setImageVariable(image: ImageState, name: string, value: string): void {
  const equals = name.indexOf('=');
  const first = name.slice(0, Math.max(equals, 0));
  // A name with an equals sign is written as it is and read back as a shorter name with a longer value.
  if (equals >= 0 && !image.env.has(first)) image.env.set(first, `${name.slice(equals + 1)}=${value}`);
  else image.env.set(name, value);
}

/** The operating system the stage is for. */
export function osOf(state: StageState): string {
  return state.platform?.os ?? 'linux';
}

/** The stage whose base is an image, at the bottom of the stages this one is built on. */
export function rootOf(state: StageState): StageState {
  return state.base === undefined ? state : rootOf(state.base);
}
