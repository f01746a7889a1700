import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real ssh agent with one key of its own. */
export interface TestAgent {
  readonly socketPath: string;
  readonly keyPath: string;
  /** What `ssh-add -l` says about it. */
  list(): string;
  stop(): void;
}

export async function startAgent(directory: string, type: string = 'ed25519'): Promise<TestAgent> {
  const socketPath = join(directory, 'agent.sock');
  const keyPath = join(directory, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'test key', '-f', keyPath]);
  const child = spawn('ssh-agent', ['-D', '-a', socketPath], { stdio: 'ignore' });
  for (let tries = 0; !existsSync(socketPath) && tries < 100; tries += 1) await sleep(20);
  const env = { ...process.env, SSH_AUTH_SOCK: socketPath };
  execFileSync('ssh-add', ['-q', keyPath], { env, stdio: 'ignore' });
  return {
    socketPath,
    keyPath,
    list: () => execFileSync('ssh-add', ['-l'], { env, encoding: 'utf8' }),
    stop: () => void child.kill(),
  };
}

/** A program of this machine with all libraries it needs, as files of a build context. */
export function programFiles(program: string): Record<string, string> {
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/gu);
  const paths = [program, ...[...libraries].map(([, path]) => path as string)];
  return Object.fromEntries(paths.map((path) => [path.slice(1), path]));
}
