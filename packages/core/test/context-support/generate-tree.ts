import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from './random.ts';

const baseNames = [
  'a',
  'b',
  'src',
  'lib',
  'main.go',
  'x.txt',
  '.env',
  'sp ace',
  'new\nline',
  'tab\t',
  'back\\',
  '"quote"',
  '*',
  '-n',
  'a-b',
  'a.b',
  'a!',
  'sub',
  'sub-2',
  'sub.d',
  '\xc3\xa9',
  '\xf0\x9f\x90\xb3',
  'bad\xff',
  '\xed\xa0\x80',
  'Z',
  '~',
  '.hid',
  'long-'.repeat(20),
  'x'.repeat(101),
  `${'\xc3\xbc'.repeat(60)}`,
  'y'.repeat(255),
  'node_modules',
  '.git',
  'dir',
] as const;
const modes = [0o644, 0o600, 0o755, 0o777, 0o4755, 0o2755, 0o1777, 0o444, 0o000, 0o6711] as const;
const times = [
  0,
  1,
  1_700_000_000,
  1_700_000_000.75,
  -1,
  -86_400.5,
  2 ** 31 + 5,
  2 ** 33 + 7,
  946_684_800.999,
] as const;
const targets = [
  'a',
  '../a',
  '/etc/passwd',
  '.',
  'missing',
  'sub/../b',
  'x'.repeat(120),
  'bad\xff',
  '\xc3\xa9',
] as const;

const maximumDepth = 4;

/** Makes a random tree of every kind of file below a new directory and gives back its path. */
export function generateTree(random: Random): string {
  const root = mkdtempSync(join(tmpdir(), 'stagecraft-tree-'));
  writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\n');
  if (random.chance(0.4)) writeFileSync(join(root, '.dockerignore'), generateRules(random));
  fill(root, random, 0, []);
  return root;
}

export function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

function generateRules(random: Random): Buffer {
  const rule = (): string => {
    const name = random.pick(baseNames).replace(/[\n*"\\]/gu, '?');
    const pattern = random.pick([name, `**/${name}`, `*/${name}`, `${name}/*`, '*', `${name}/**`]);
    return `${random.chance(0.35) ? '!' : ''}${pattern}`;
  };
  const lines = Array.from({ length: 1 + random.integer(4) }, rule);
  return Buffer.from(lines.join('\n'), 'latin1');
}

function fill(directory: string, random: Random, depth: number, files: string[]): void {
  const names = new Set(Array.from({ length: random.integer(6) + 1 }, () => random.pick(baseNames)));
  for (const name of names) {
    const path = `${directory}/${name}`;
    if (path.length > 3000) continue;
    make(path, random, depth, files);
  }
}

const bytes = (path: string): Buffer => Buffer.from(path, 'latin1');

function make(path: string, random: Random, depth: number, files: string[]): void {
  const kind = random.integer(20);
  if (kind < 6 && depth < maximumDepth) {
    mkdirSync(bytes(path));
    fill(path, random, depth + 1, files);
    decorate(path, random, true);
  } else if (kind < 8) makeLink(path, random);
  else if (kind < 10 && files.length > 0) linkSync(bytes(random.pick(files)), bytes(path));
  else if (kind === 10) makeSpecial(path, random);
  else {
    writeFileSync(
      bytes(path),
      Buffer.alloc(random.pick([0, 1, 5, 511, 512, 513, 4000]), path.at(-1), 'latin1'),
    );
    decorate(path, random, false);
    files.push(path);
  }
}

function makeLink(path: string, random: Random): void {
  symlinkSync(bytes(random.pick(targets)), bytes(path));
  const time = random.pick(times);
  lutimesSync(bytes(path), time, time);
}

/** A named pipe or, for root, a device. */
function makeSpecial(path: string, random: Random): void {
  // The program gets its arguments as text, so the odd names are left to the other kinds.
  if (/[^ -~]/u.test(path)) return;
  const kinds =
    process.getuid?.() === 0 ? [['p'], ['c', '1', '3'], ['b', '7', '300'], ['c', '600', '70000']] : [['p']];
  execFileSync('mknod', ['--', path, ...random.pick(kinds)]);
}

function decorate(path: string, random: Random, directory: boolean): void {
  const mode = random.pick(modes);
  chmodSync(bytes(path), directory ? mode | 0o700 : mode);
  const time = random.pick(times);
  lutimesSync(bytes(path), time, time);
}
