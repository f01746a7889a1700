import type { InstructionKind, InstructionMap, InstructionNode } from '../ast/index.ts';
import { printAdd } from './add.ts';
import { printArg } from './arg.ts';
import { printCmd } from './cmd.ts';
import { printCopy } from './copy.ts';
import { printEntrypoint } from './entrypoint.ts';
import { printEnv } from './env.ts';
import { printExpose } from './expose.ts';
import { printHealthCheck } from './health-check.ts';
import { printLabel } from './label.ts';
import { printMaintainer } from './maintainer.ts';
import { printOnBuild } from './on-build.ts';
import type { PrintContext } from './print-context.ts';
import { printRaw } from './raw.ts';
import { printRun } from './run.ts';
import { printShell } from './shell.ts';
import { printStopSignal } from './stop-signal.ts';
import { printUser } from './user.ts';
import { printVolume } from './volume.ts';
import { printWorkdir } from './workdir.ts';

type Printers = {
  readonly [K in InstructionKind]: (node: InstructionMap[K], context: PrintContext) => string;
};

// A missing kind is a compile error, so there is no default branch.
const printers: Printers = {
  Add: printAdd,
  Arg: printArg,
  Cmd: printCmd,
  Copy: printCopy,
  Entrypoint: printEntrypoint,
  Env: printEnv,
  Expose: printExpose,
  HealthCheck: printHealthCheck,
  Label: printLabel,
  Maintainer: printMaintainer,
  OnBuild: (node, context) => printOnBuild(node, context, printInstruction),
  Raw: printRaw,
  Run: printRun,
  Shell: printShell,
  StopSignal: printStopSignal,
  User: printUser,
  Volume: printVolume,
  Workdir: printWorkdir,
};

/** One instruction: its logical line, perhaps over several physical ones, and the here-documents that belong to it. */
export function printInstruction(node: InstructionNode, context: PrintContext): string {
  const print = printers[node.kind] as (node: InstructionNode, context: PrintContext) => string;
  return print(node, context);
}
