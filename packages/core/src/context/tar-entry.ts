import type { ByteString } from './bytes.ts';
import { applyMtime, type MtimePolicy, toSeconds } from './mtime-policy.ts';
import {
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedVirtual,
  pathOf,
  sizeOf,
  splitDeviceNumber,
} from './planned-tree.ts';
import type { TarHeader } from './tar-header.ts';
import { virtualDirectoryMode, virtualMtimeSeconds } from './virtual-files.ts';

export function virtualHeader(file: PlannedVirtual, policy: MtimePolicy): TarHeader {
  return {
    name: file.path,
    type: 'file',
    mode: file.mode,
    sizeBytes: file.content.length,
    mtimeSeconds: fileSeconds(file, policy),
  };
}

/** The modification time of a file in memory: its own where it has one. */
export function fileSeconds({ mtimeNs }: PlannedVirtual, policy: MtimePolicy): number {
  return mtimeNs === undefined ? virtualSeconds(policy) : toSeconds(applyMtime(mtimeNs, policy));
}

/** The modification time of what exists only in memory, under the policy. */
export function virtualSeconds(policy: MtimePolicy): number {
  return Math.min(virtualMtimeSeconds, policy.sourceDateEpoch ?? virtualMtimeSeconds);
}

export function directoryHeader(directory: PlannedDirectory, policy: MtimePolicy): TarHeader {
  const { path, print, prints } = directory;
  return {
    name: `${path}/`,
    type: 'directory',
    mode: print === undefined ? virtualDirectoryMode : prints.mode(print),
    sizeBytes: 0,
    mtimeSeconds:
      print === undefined ? virtualSeconds(policy) : toSeconds(applyMtime(prints.mtimeNs(print), policy)),
  };
}

/** The header of a leaf; `firstName` is set when another name of the same file was packed before. */
export function leafHeader(leaf: PlannedLeaf, policy: MtimePolicy, firstName?: ByteString): TarHeader {
  const { prints } = leaf.parent;
  const mode = prints.mode(leaf.print);
  const isDevice = leaf.kind === 'device' && firstName === undefined;
  return {
    name: pathOf(leaf),
    type: firstName === undefined ? typeOf(leaf, mode) : 'link',
    mode,
    sizeBytes: leaf.kind === 'file' && firstName === undefined ? sizeOf(leaf) : 0,
    mtimeSeconds: toSeconds(applyMtime(prints.mtimeNs(leaf.print), policy)),
    linkName: firstName ?? leaf.more?.target,
    device: isDevice ? splitDeviceNumber(leaf.more?.deviceNumber ?? 0n) : undefined,
  };
}

function typeOf(leaf: PlannedLeaf, mode: number): TarHeader['type'] {
  if (leaf.kind !== 'device') return leaf.kind;
  return (mode & 0o170000) === 0o060000 ? 'block-device' : 'character-device';
}
