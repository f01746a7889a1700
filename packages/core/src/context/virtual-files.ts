import { createHash } from 'node:crypto';
import type { VirtualFile } from '../build/context-source.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { type ByteString, compareBytes, toByteString } from './bytes.ts';
import type { PlannedDirectory, PlannedNode, PlannedVirtual } from './planned-tree.ts';
import { splitSource } from './selection.ts';

/** In-memory files: content by path, or with a mode. */
export type VirtualFiles = Readonly<Record<string, string | Uint8Array | Omit<VirtualFile, 'path'>>>;

/** Modification time of everything that exists only in memory, in seconds since the epoch. */
export const virtualMtimeSeconds = 1_700_000_000;
export const virtualDirectoryMode = 0o755;
const virtualFileMode = 0o644;

export function toVirtualFiles(files: VirtualFiles): VirtualFile[] {
  return Object.entries(files).map(([path, file]) =>
    typeof file === 'string' || file instanceof Uint8Array ? { path, content: file } : { path, ...file },
  );
}

export function planVirtual(file: VirtualFile): PlannedVirtual {
  const segments = splitSource(toByteString(file.path));
  const name = segments.at(-1);
  if (name === undefined) {
    throw new StagecraftError('invalid-options', `"${file.path}" is no path for an in-memory file.`, {
      hint: 'Give it a name below the root of the context, such as "config/app.json".',
    });
  }
  const content = typeof file.content === 'string' ? Buffer.from(file.content, 'utf8') : file.content;
  return {
    kind: 'virtual',
    name,
    path: segments.join('/'),
    content,
    mode: file.mode ?? virtualFileMode,
    ...(file.mtimeNs !== undefined && { mtimeNs: file.mtimeNs }),
  };
}

/** Puts an in-memory file into the tree, in the place of what stands there. */
export function insertVirtual(root: PlannedDirectory, file: PlannedVirtual): void {
  const names = file.path.split('/');
  let directory = root;
  for (const [index, name] of names.slice(0, -1).entries()) {
    directory = childDirectory(directory, name, names.slice(0, index + 1).join('/'), file.path);
  }
  place(directory, file);
}

function childDirectory(
  parent: PlannedDirectory,
  name: ByteString,
  path: ByteString,
  wanted: ByteString,
): PlannedDirectory {
  const existing = parent.children.find((child) => child.name === name);
  if (existing?.kind === 'directory') return existing;
  if (existing !== undefined) {
    throw new StagecraftError(
      'invalid-options',
      `"${wanted}" cannot be added: "${path}" is not a directory.`,
      {
        hint: 'Give the in-memory file another path.',
      },
    );
  }
  const directory: PlannedDirectory = {
    kind: 'directory',
    name,
    parent,
    path,
    ignored: false,
    children: [],
    prints: parent.prints,
  };
  place(parent, directory);
  return directory;
}

function place(directory: PlannedDirectory, node: PlannedNode): void {
  const { children } = directory;
  const index = children.findIndex((child) => compareBytes(child.name, node.name) >= 0);
  if (index < 0) children.push(node);
  else children.splice(index, children[index]?.name === node.name ? 1 : 0, node);
}

/**
 * The modification time an engine compares: BuildKit takes a file of the same size and time as unchanged, so the
 * part below a second tells the content.
 */
export function contentMtimeNs(content: Uint8Array, seconds: number): bigint {
  const hash = createHash('sha256').update(content).digest();
  return BigInt(seconds) * 1_000_000_000n + BigInt(hash.readUInt32BE(0) % 1_000_000_000);
}
