import type { AddNode } from './add.ts';
import type { ArgNode } from './arg.ts';
import type { CmdNode } from './cmd.ts';
import type { CopyNode } from './copy.ts';
import type { EntrypointNode } from './entrypoint.ts';
import type { EnvNode } from './env.ts';
import type { ExposeNode } from './expose.ts';
import type { HealthCheckNode } from './health-check.ts';
import type { LabelNode } from './label.ts';
import type { MaintainerNode } from './maintainer.ts';
import type { OnBuildNode } from './on-build.ts';
import type { RawNode } from './raw.ts';
import type { RunNode } from './run.ts';
import type { ShellNode } from './shell.ts';
import type { StopSignalNode } from './stop-signal.ts';
import type { UserNode } from './user.ts';
import type { VolumeNode } from './volume.ts';
import type { WorkdirNode } from './workdir.ts';

/** Every instruction that may follow FROM. A new instruction starts with one line here; the compiler then lists every table that lacks it. */
export interface InstructionMap {
  readonly Add: AddNode;
  readonly Arg: ArgNode;
  readonly Cmd: CmdNode;
  readonly Copy: CopyNode;
  readonly Entrypoint: EntrypointNode;
  readonly Env: EnvNode;
  readonly Expose: ExposeNode;
  readonly HealthCheck: HealthCheckNode;
  readonly Label: LabelNode;
  readonly Maintainer: MaintainerNode;
  readonly OnBuild: OnBuildNode;
  readonly Raw: RawNode;
  readonly Run: RunNode;
  readonly Shell: ShellNode;
  readonly StopSignal: StopSignalNode;
  readonly User: UserNode;
  readonly Volume: VolumeNode;
  readonly Workdir: WorkdirNode;
}

export type InstructionKind = keyof InstructionMap;
export type InstructionNode = InstructionMap[InstructionKind];
