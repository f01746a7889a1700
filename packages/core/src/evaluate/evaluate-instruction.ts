import type { InstructionKind, InstructionMap } from '../ast/index.ts';
import { evaluateAdd } from './add.ts';
import { evaluateArg } from './arg.ts';
import { evaluateCmd } from './cmd.ts';
import { evaluateCopy } from './copy.ts';
import { evaluateEntrypoint } from './entrypoint.ts';
import { evaluateEnv } from './env.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { evaluateExpose } from './expose.ts';
import { evaluateHealthCheck } from './health-check.ts';
import { evaluateLabel } from './label.ts';
import { evaluateMaintainer } from './maintainer.ts';
import { evaluateOnBuild } from './on-build.ts';
import { evaluateRaw } from './raw.ts';
import { evaluateRun } from './run.ts';
import { evaluateShell } from './shell.ts';
import { evaluateStopSignal } from './stop-signal.ts';
import { evaluateUser } from './user.ts';
import { evaluateVolume } from './volume.ts';
import { evaluateWorkdir } from './workdir.ts';

type Evaluators = {
  readonly [Kind in InstructionKind]: (node: InstructionMap[Kind], context: InstructionContext) => void;
};

// A missing kind is a compile error, so there is no default branch.
const evaluators: Evaluators = {
  Add: evaluateAdd,
  Arg: evaluateArg,
  Cmd: evaluateCmd,
  Copy: evaluateCopy,
  Entrypoint: evaluateEntrypoint,
  Env: evaluateEnv,
  Expose: evaluateExpose,
  HealthCheck: evaluateHealthCheck,
  Label: evaluateLabel,
  Maintainer: evaluateMaintainer,
  OnBuild: evaluateOnBuild,
  Raw: evaluateRaw,
  Run: evaluateRun,
  Shell: evaluateShell,
  StopSignal: evaluateStopSignal,
  User: evaluateUser,
  Volume: evaluateVolume,
  Workdir: evaluateWorkdir,
};

/** Changes the stage the way the instruction does. */
export function evaluateInstruction<Kind extends InstructionKind>(
  node: InstructionMap[Kind],
  context: InstructionContext,
): void {
  evaluators[node.kind as Kind](node, context);
}
