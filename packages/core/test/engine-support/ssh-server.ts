import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackages } from '../../../../scripts/lib/apt.mjs';
import { withSystemPath } from '../../../../scripts/lib/run.mjs';

export interface SshServer {
  readonly port: number;
  /** Folder with an `ssh` that uses only the keys of this test: put it first in PATH. */
  readonly programs: string;
  /** Makes the client forget, or know again, the key of the server. */
  trust(known: boolean): void;
  stop(): Promise<void>;
}

/** A real sshd on loopback with keys of its own, and a real ssh that is told to use them. */
export async function startSshServer(folder: string): Promise<SshServer> {
  await installPackages(['openssh-server', 'openssh-client'], () => {});
  const port = await freePort();
  for (const key of ['host', 'user']) {
    execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  }
  const publicKey = execFileSync('cat', [join(folder, 'host.pub')], { encoding: 'utf8' });
  const known = `[127.0.0.1]:${port} ${publicKey.split(' ').slice(0, 2).join(' ')}\n`;
  const trust = (value: boolean): void => writeFileSync(join(folder, 'known'), value ? known : '');
  trust(true);
  writeFileSync(join(folder, 'sshd.conf'), serverConfig(folder, port));
  const client = `UserKnownHostsFile ${folder}/known\nIdentityFile ${folder}/user\nIdentitiesOnly yes\n`;
  writeFileSync(join(folder, 'ssh.conf'), client);
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${folder}/ssh.conf "$@"\n`);
  chmodSync(join(programs, 'ssh'), 0o755);
  if (!existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 });
  const args = ['--pdeathsig', 'TERM', '/usr/sbin/sshd', '-D', '-e', '-f', join(folder, 'sshd.conf')];
  const child = spawn('setpriv', args, { stdio: 'ignore', env: withSystemPath(process.env) });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await sleep(500);
  return {
    port,
    programs,
    trust,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function serverConfig(folder: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/user.pub`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    '',
  ].join('\n');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
