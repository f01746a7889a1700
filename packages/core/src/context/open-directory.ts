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
  /** The same as a plain path, which the system finds twice as fast, as long as nobody moves the directory. */
  readonly quickPrefix: ByteString;
}

const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const descriptorFolder = '/proc/self/fd';
/** Systems take paths of 4,096 bytes; a name in a directory has up to 255. */
const longestQuickPrefix = 3800;

/** Whether paths can start at a descriptor here. Elsewhere every opened file is compared with its plan instead. */
export const hasDescriptorPaths: boolean = process.platform === 'linux' && existsSync(descriptorFolder);

export function openRoot(path: ByteString, byDescriptor: boolean = hasDescriptorPaths): OpenDirectory {
  return toDirectory(openSync(toFilePath(path), O_RDONLY | O_DIRECTORY | O_NONBLOCK), path, byDescriptor);
}

/** Opens a directory below `parent`; refuses a symbolic link. */
export function openBelow(parent: OpenDirectory, name: ByteString): OpenDirectory {
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK;
  return toDirectory(
    openSync(toFilePath(parent.prefix + name), flags),
    parent.quickPrefix + name,
    parent.prefix.startsWith(`${descriptorFolder}/`),
  );
}

function toDirectory(descriptor: number, path: ByteString, byDescriptor: boolean): OpenDirectory {
  const plain = `${path}/`;
  if (!byDescriptor) return { descriptor, prefix: plain, quickPrefix: plain };
  const prefix = `${descriptorFolder}/${descriptor}/`;
  return { descriptor, prefix, quickPrefix: plain.length > longestQuickPrefix ? prefix : plain };
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

/**
 * The same by plain path. What it finds must be compared with what is found through the descriptor before any of its
 * content is read, as a {@link PrintTable} does.
 */
export function quickStatBelow(parent: OpenDirectory, name: ByteString): BigIntStats {
  return lstatSync(toFilePath(parent.quickPrefix + name), { bigint: true });
}

/** Whether the plain path still leads to the directory. */
export function isInPlace(directory: OpenDirectory, stats: BigIntStats): boolean {
  const found = lstatSync(toFilePath(directory.quickPrefix.replace(/\/$/u, '')), { bigint: true });
  return directory.quickPrefix === directory.prefix || (found.ino === stats.ino && found.dev === stats.dev);
}

export function readLinkBelow(parent: OpenDirectory, name: ByteString): ByteString {
  return readlinkSync(toFilePath(parent.prefix + name), { encoding: 'latin1' });
}

/** Opens a file for reading. Neither follows a link nor waits for the other end of a pipe. */
export function openFileBelow(parent: OpenDirectory, name: ByteString): number {
  return openSync(toFilePath(parent.prefix + name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}
