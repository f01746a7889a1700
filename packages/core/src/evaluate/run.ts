import type { Heredoc } from '../ast/node-base.ts';
import type { RunNode } from '../ast/run.ts';
import { commandText } from './command.ts';
import type { EvaluatedFile, EvaluatedMount, EvaluatedRun } from './evaluation.ts';
import type { EvaluationContext, InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';
import { evaluateMounts, type RunMounts } from './run-mount.ts';
import type { ProcessEnvironment } from './stage-state.ts';
import { withShell } from './with-shell.ts';

const pipes = '/dev/pipes/';

interface Process {
  readonly args: readonly string[];
  /** A script with an interpreter line of its own: a file the shell runs. */
  readonly script?: Extract<EvaluatedFile, { readonly action: 'file' }>;
}

export function evaluateRun(node: RunNode, context: InstructionContext): void {
  const { evaluation, state } = context;
  const mounts = evaluateMounts(node.mounts ?? [], context);
  const { args, script } = processOfRun(node, context);
  const environment = environmentOf(context, mounts);
  if ((node.devices?.length ?? 0) > 0 && !evaluation.isLabs) {
    fail('RUN --device needs a labs frontend.', 'Start the file with "# syntax=docker/dockerfile:1-labs".');
  }
  const run: EvaluatedRun = {
    args,
    env: environment.entries,
    cwd: state.workdir,
    ...(state.user === '' ? {} : { user: state.user }),
    ...(node.network === 'none' || node.network === 'host' ? { network: node.network } : {}),
    ...mountFields(script === undefined ? mounts.mounts : [scriptMount, ...mounts.mounts]),
    ...(mounts.secretEnv.length === 0 ? {} : { secretEnv: mounts.secretEnv }),
  };
  const { security = 'sandbox', devices = [] } = node;
  const inputs = [state.vertex, environment.vertex, mounts.inputs, script];
  const step = evaluation.vertices.add('run', { ...run, env: [] }, inputs, security, devices);
  if (script !== undefined && evaluation.vertices.add('file', script).isNew) evaluation.files.push(script);
  if (step.isNew) evaluation.runs.push(run);
  state.vertex = step.vertex;
}

/** The environment of the process; the socket of the first agent is added unless the stage sets one. */
function environmentOf(
  { evaluation, state }: InstructionContext,
  { sshSockets }: RunMounts,
): ProcessEnvironment {
  state.processEnvironment ??= number(
    [...state.environment].map(([name, value]) => `${name}=${value}`),
    evaluation,
  );
  const { entries } = state.processEnvironment;
  const [socket] = sshSockets;
  if (socket === undefined || state.environment.has('SSH_AUTH_SOCK')) return state.processEnvironment;
  return number([...entries, `SSH_AUTH_SOCK=${socket}`], evaluation);
}

function number(entries: readonly string[], { vertices }: EvaluationContext): ProcessEnvironment {
  return { entries, vertex: vertices.add('environment', entries).vertex };
}

function mountFields(mounts: readonly EvaluatedMount[]): { readonly mounts?: readonly EvaluatedMount[] } {
  return mounts.length === 0 ? {} : { mounts };
}

const scriptMount: EvaluatedMount = { type: 'bind', target: pipes, readonly: true, source: '/' };

function processOfRun({ command }: RunNode, { state }: InstructionContext): Process {
  if (command.form === 'exec') return { args: command.argv };
  const text = commandText(command);
  if (command.form === 'shell') {
    return { args: withShell(state, text + (command.heredocs ?? []).map(writeBack).join('')) };
  }
  if (!text.startsWith('#!') || state.image.os === 'windows') return { args: withShell(state, text) };
  const name = (command.delimiter ?? 'EOF').replace(/^(["'])(.*)\1$/su, '$2');
  return {
    args: withShell(state, `${pipes}${name}`),
    script: { action: 'file', path: `/${name}`, mode: '0755', data: text },
  };
}

/** The shell reads the here-documents itself. */
function writeBack({ content, name }: Heredoc): string {
  return `\n${content}${name}`;
}
