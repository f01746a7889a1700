import {
  chmodSync,
  closeSync,
  constants,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileSink, TreeSink } from '../diffcopy/receive-tree.ts';
import { toPosixPermissions } from '../proto/go-mode.ts';
import type { FileStat } from '../proto/packet.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Writes into `root`, which must be a fresh directory of our own: then no link in it can be someone else's.
 * `place` moves the tree to where it belongs and returns that place.
 */
export function createDirectorySink(root: string, place: () => string): TreeSink {
  const directories: FileStat[] = [];
  return {
    directory(stat) {
      mkdirSync(join(root, stat.path), { mode: 0o700 });
      directories.push(stat);
    },
    symlink(stat) {
      symlinkSync(stat.linkName, join(root, stat.path));
      lutimesSync(join(root, stat.path), seconds(stat), seconds(stat));
    },
    hardLink(stat) {
      linkSync(join(root, stat.linkName), join(root, stat.path));
    },
    open: (stat) => openFile(join(root, stat.path), stat),
    finish() {
      const finalRoot = place();
      // Earlier, writing into the directories would have changed both again.
      for (const stat of directories.reverse()) {
        chmodSync(join(finalRoot, stat.path), toPosixPermissions(stat.mode));
        utimesSync(join(finalRoot, stat.path), seconds(stat), seconds(stat));
      }
    },
  };
}

function openFile(path: string, stat: FileStat): FileSink {
  const file = openSync(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  return {
    write(data) {
      for (let offset = 0; offset < data.length; ) offset += writeSync(file, data, offset);
    },
    close() {
      futimesSync(file, seconds(stat), seconds(stat));
      closeSync(file);
      // After the content: set-user-id bits would be dropped by a write.
      chmodSync(path, toPosixPermissions(stat.mode));
    },
    discard: () => closeSync(file),
  };
}

function seconds(stat: FileStat): number {
  return Number(stat.mtimeNs) / 1e9;
}
