import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
} from 'node:fs';
import { type ByteString, compareBytes, toFilePath } from './bytes.ts';

/** A directory held open: what is opened through it stays below it, whatever happens to the path. */
export interface OpenDirectory {
  readonly descriptor: number;
  /** What a child's name is put behind to reach it. */
  readonly prefix: ByteString;
}

const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const descriptorFolder = '/proc/self/fd';

/** Whether paths can start at a descriptor here. Elsewhere every opened file is compared with its plan instead. */
export const hasDescriptorPaths: boolean = process.platform === 'linux' && existsSync(descriptorFolder);

export function openRoot(path: ByteString, byDescriptor: boolean = hasDescriptorPaths): OpenDirectory {
  return toDirectory(openSync(toFilePath(path), O_RDONLY | O_DIRECTORY | O_NONBLOCK), path, byDescriptor);
}

/** Opens a directory below `parent`; refuses a symbolic link. */
export function openBelow(parent: OpenDirectory, name: ByteString): OpenDirectory {
  const path = parent.prefix + name;
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK;
  return toDirectory(
    openSync(toFilePath(path), flags),
    path,
    parent.prefix.startsWith(`${descriptorFolder}/`),
  );
}

function toDirectory(descriptor: number, path: ByteString, byDescriptor: boolean): OpenDirectory {
  return { descriptor, prefix: byDescriptor ? `${descriptorFolder}/${descriptor}/` : `${path}/` };
}

export function closeDirectory(directory: OpenDirectory): void {
  closeSync(directory.descriptor);
}

export function statDirectory(directory: OpenDirectory): BigIntStats {
  return fstatSync(directory.descriptor, { bigint: true });
}

/** The names in a directory, in byte order. */
export function listDirectory(directory: OpenDirectory): ByteString[] {
  return readdirSync(toFilePath(directory.prefix), { encoding: 'latin1' }).sort(compareBytes);
}

/** What stands at `name`, links not followed. */
export function statBelow(parent: OpenDirectory, name: ByteString): BigIntStats {
  return lstatSync(toFilePath(parent.prefix + name), { bigint: true });
}

export function readLinkBelow(parent: OpenDirectory, name: ByteString): ByteString {
  return readlinkSync(toFilePath(parent.prefix + name), { encoding: 'latin1' });
}

/** Opens a file for reading. Neither follows a link nor waits for the other end of a pipe. */
export function openFileBelow(parent: OpenDirectory, name: ByteString): number {
  return openSync(toFilePath(parent.prefix + name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}
