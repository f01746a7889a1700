import type { Device, RunNode } from '../ast/run.ts';
import { printRunCommand } from './command.ts';
import { checkedFlag, textFlag } from './flags.ts';
import { fitted, stacked } from './layout.ts';
import { printMount } from './mount.ts';
import type { PrintContext } from './print-context.ts';

export function printRun(node: RunNode, context: PrintContext): string {
  const flags = printFlags(node, context);
  const { parts, bodies } = printRunCommand(node.command, flags, context);
  const all = [...flags, ...parts];
  const isOneLine = flags.length < 2 && parts.length === 1;
  return (isOneLine ? fitted('RUN', all, context) : stacked('RUN', all, context)) + bodies;
}

function printFlags(node: RunNode, context: PrintContext): readonly string[] {
  const { mounts = [], network, security, devices = [] } = node;
  const flags = mounts.map((mount) => printMount(mount, context));
  if (network !== undefined) {
    flags.push(
      checkedFlag('network', network, /^(?:default|none|host)$/u, 'Use default, none or host.', context),
    );
  }
  if (security !== undefined) {
    flags.push(
      checkedFlag('security', security, /^(?:sandbox|insecure)$/u, 'Use sandbox or insecure.', context),
    );
  }
  for (const device of devices) flags.push(printDevice(device, context));
  return flags;
}

function printDevice({ name, required }: Device, context: PrintContext): string {
  return textFlag('device', required === true ? `${name},required` : name, context);
}
