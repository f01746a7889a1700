import type { Device, RunNode } from '../ast/run.ts';
import { freeze } from '../util/freeze.ts';
import { parseRunCommand } from './command.ts';
import { readFlagValues } from './flag-values.ts';
import { parseMount } from './mount.ts';
import { type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

const known = { mount: 'list', network: 'list', security: 'list', device: 'list' } as const;
const networks = ['default', 'none', 'host'] as const;
const securities = ['sandbox', 'insecure'] as const;

/** @see https://docs.docker.com/reference/dockerfile/#run */
export function parseRun(statement: Statement): RunNode {
  const flags = readFlagValues(statement, known);
  const network = choose('network', flags.list('network'), networks);
  const security = choose('security', flags.list('security'), securities);
  const mounts = flags.list('mount').map((text) => parseMount(text, statement));
  const devices = flags.list('device').map(parseDevice);
  const node = startNode<RunNode>('Run', statement);
  node.command = parseRunCommand(statement);
  if (mounts.length > 0) node.mounts = freeze(mounts);
  if (network !== undefined) node.network = network;
  if (security !== undefined) node.security = security;
  if (devices.length > 0) node.devices = freeze(devices);
  return freeze(node);
}

function choose<T extends string>(
  flag: string,
  given: readonly string[],
  known: readonly T[],
): T | undefined {
  const [value, ...others] = given;
  if (value === undefined) return undefined;
  if (others.length > 0) syntaxError(`The flag "--${flag}" is given twice.`, 'Keep one of them.');
  return (
    known.find((name) => name === value) ??
    syntaxError(`"${value}" is not valid for the flag "--${flag}".`, `Use one of ${known.join(', ')}.`)
  );
}

/** `name`, `name=…` and `required`, separated by commas. */
function parseDevice(text: string): Device {
  const fields = text.split(',');
  const required = fields.find((field) => /^required(?:=|$)/u.test(field));
  const name = fields.find((field) => !/^required(?:=|$)/u.test(field)) ?? '';
  return freeze({
    name: name.replace(/^name=/u, ''),
    ...(required === undefined || required === 'required=false' ? {} : { required: true }),
  });
}
