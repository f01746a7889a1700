import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Puts the files of an image that a daemon has into a directory, as an engine that can export would. */
export function unpackImage(image: string, directory: string): void {
  const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();
  const container = docker('create', '--network=none', image, '/none');
  const archive = `${directory}.tar`;
  try {
    docker('export', '--output', archive, container);
  } finally {
    docker('rm', '--force', container);
  }
  mkdirSync(directory, { recursive: true });
  execFileSync('tar', ['--extract', '--file', archive, '--directory', directory]);
  rmSync(archive);
  // What the daemon itself puts into every container.
  for (const name of ['dev', 'etc', 'proc', 'sys', '.dockerenv']) {
    rmSync(join(directory, name), { recursive: true, force: true });
  }
}
