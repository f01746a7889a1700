import type { InstructionNode } from '../ast/index.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import type { EvaluationObserver } from './observer.ts';

/** OCI image configuration, as far as a Dockerfile reads it. */
export interface BaseImage {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly config?: {
    readonly Env?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly WorkingDir?: string;
    readonly User?: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly ExposedPorts?: Readonly<Record<string, object>> | null;
    readonly Volumes?: Readonly<Record<string, object>> | null;
    readonly StopSignal?: string;
    readonly Shell?: readonly string[] | null;
    readonly Healthcheck?: Healthcheck | null;
    readonly OnBuild?: readonly string[] | null;
  };
}

/** Durations are nanoseconds. Absent means: as in the base image, or the engine's default. */
export interface Healthcheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** The image a target ends with: OCI names, empty fields left out. */
export interface EvaluatedImage {
  /** `os/architecture[/variant]` */
  readonly Platform: string;
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  /** Sorted, such as `80/tcp`. */
  readonly ExposedPorts?: readonly string[];
  /** Sorted. */
  readonly Volumes?: readonly string[];
  readonly StopSignal?: string;
  readonly Shell?: readonly string[];
  readonly Healthcheck?: Healthcheck;
  readonly OnBuild?: readonly string[];
  readonly Author?: string;
}

/** One step that runs a process. */
export interface EvaluatedRun {
  /** The process with its arguments: the shell included. */
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly user?: string;
  /** Absent: the default network. */
  readonly network?: 'none' | 'host';
  readonly mounts?: readonly EvaluatedMount[];
  readonly secretEnv?: readonly { readonly id: string; readonly name: string; readonly optional?: true }[];
}

export interface EvaluatedMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly target: string;
  /** Path inside what is mounted; absent for its root. */
  readonly source?: string;
  readonly readonly?: true;
  readonly cache?: { readonly id: string; readonly sharing: 'shared' | 'private' | 'locked' };
  /** tmpfs: bytes, 0 for no limit. */
  readonly size?: number;
  readonly secret?: MountedSecret;
  readonly ssh?: MountedSecret;
}

export interface MountedSecret {
  readonly id: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly optional?: true;
}

/** One copy, or one file whose content stands in the Dockerfile. */
export type EvaluatedFile = EvaluatedCopy | EvaluatedInlineFile;

export interface EvaluatedCopy {
  readonly action: 'copy';
  /** Cleaned, starting with a slash. A pattern, not a file name, for context sources. */
  readonly src: string;
  readonly dest: string;
  /** `user:group` */
  readonly owner?: string;
  /** Octal, four digits. */
  readonly mode?: string;
  /** Symbolic mode, such as `u=rwX`. */
  readonly modeStr?: string;
  readonly unpack?: true;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly required?: readonly string[];
}

export interface EvaluatedInlineFile {
  readonly action: 'file';
  readonly path: string;
  readonly mode: string;
  readonly data: string;
}

/** What a Dockerfile means for one target. */
export interface Evaluation {
  readonly image: EvaluatedImage;
  /** Indexes of the stages the target needs, ascending: an order in which they can be built. */
  readonly stages: readonly number[];
  /** Every step of the result once, in order. */
  readonly runs: readonly EvaluatedRun[];
  readonly files: readonly EvaluatedFile[];
}

export interface EvaluateOptions {
  /** Name of the stage to build, in any case. Default: the last stage. */
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** What the image is for, such as `linux/arm64`. Default: the build platform. */
  readonly platform?: string;
  /** What the build runs on. Default: `linux/amd64`. */
  readonly buildPlatform?: string;
  /** Configurations of base images, by reference as written. Default: an image with nothing but the usual PATH. */
  readonly images?: Readonly<Record<string, BaseImage>>;
  /** Names of build contexts given beside the main one; their configurations may stand in `images`. */
  readonly contexts?: readonly string[];
}

/** What the rooms beside this one lend to the evaluation. */
export interface EvaluationTools {
  /** Reads one instruction: an ONBUILD trigger of a base image, or a raw instruction. */
  readonly parseInstruction?: (text: string) => InstructionNode;
  /** The text of an ONBUILD trigger that was built, not read. */
  readonly writeTrigger?: (node: OnBuildNode) => string;
  /** Hears what is evaluated, as it happens. */
  readonly observer?: EvaluationObserver;
  /** Evaluates every stage, not only those the target needs. */
  readonly allStages?: boolean;
}
