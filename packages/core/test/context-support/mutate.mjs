// Changes the files of a directory without pause until it is told to stop. One directory after the other: each
// message is { directory, outside, kind, pauseMs } to start or undefined to stop.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

let current;
let count = 0;

const pick = (items) => items[Math.floor(Math.random() * items.length)];
const letter = () => String.fromCharCode(97 + (count % 26));

/** Puts something else in the place of `path` in one step. */
function swap(path, make) {
  const beside = `${path}.swap`;
  rmSync(beside, { recursive: true, force: true });
  make(beside);
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory())
    rmSync(path, { recursive: true, force: true });
  renameSync(beside, path);
}

const changes = {
  remove: (path) => {
    rmSync(path, { recursive: true, force: true });
    writeFileSync(path, letter().repeat(1 + (count % 9000)));
  },
  grow: (path) => appendFileSync(path, letter().repeat(500)),
  shrink: (path) => truncateSync(path, 3),
  rewrite: (path) => writeFileSync(path, letter().repeat(4000)),
  rename: (path) => {
    renameSync(path, `${path}.away`);
    renameSync(`${path}.away`, path);
  },
  symlink: (path) => {
    swap(path, (beside) => symlinkSync(join(current.outside, 'secret'), beside));
    swap(path, (beside) => writeFileSync(beside, letter().repeat(4000)));
  },
  pipe: (path) => {
    if (count % 8 === 0) swap(path, (beside) => execFileSync('mkfifo', [beside]));
    swap(path, (beside) => writeFileSync(beside, letter().repeat(4000)));
  },
  directory: (path) => {
    const parent = join(path, '..');
    renameSync(parent, `${parent}.real`);
    symlinkSync(current.outside, parent);
    rmSync(parent);
    renameSync(`${parent}.real`, parent);
  },
  create: (path) => {
    const fresh = `${path}.fresh${count % 7}`;
    if (existsSync(fresh)) rmSync(fresh, { recursive: true });
    else if (count % 2 === 0) mkdirSync(fresh);
    else writeFileSync(fresh, letter().repeat(300));
  },
};

function step() {
  if (current === undefined) return;
  count += 1;
  const folder = join(current.directory, 'hot', pick(['one', 'two']));
  try {
    const name = pick(readdirSync(folder).filter((entry) => /^file\d+$/.test(entry)));
    const kind = current.kind === 'all' ? pick(Object.keys(changes)) : current.kind;
    changes[kind](join(folder, name));
  } catch {
    // Another change was faster; the next one will do.
  }
  if (current.pauseMs > 0) setTimeout(step, Math.random() * current.pauseMs);
  else setImmediate(step);
}

process.on('message', (message) => {
  const idle = current === undefined;
  current = message.stop ? undefined : message;
  if (current !== undefined && idle) step();
  process.send(count);
});
process.on('disconnect', () => process.exit());
