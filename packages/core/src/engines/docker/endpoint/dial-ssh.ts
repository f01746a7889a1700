import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { neutralise } from '../../../build/neutralise.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineAddress } from './address.ts';
import { unreachable } from './unreachable.ts';

export interface DialSshOptions {
  readonly signal?: AbortSignal | undefined;
  readonly connectTimeoutMs: number;
  /** Default: `ssh`. */
  readonly program?: string;
}

type SshAddress = Extract<EngineAddress, { readonly type: 'ssh' }>;

const keptErrorBytes = 4096;

/**
 * Reaches an engine on another machine through the system's ssh client, which also checks the host key.
 *
 * The stream is ready once the process runs; a connection that then fails destroys it with `engine-unreachable`.
 */
export async function dialSsh(address: SshAddress, options: DialSshOptions): Promise<Duplex> {
  options.signal?.throwIfAborted();
  const child = spawn(options.program ?? 'ssh', sshArguments(address, options.connectTimeoutMs), {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(unreachable(address.describe, error)));
  });
  const stream = streamOf(child, address.describe);
  const abort = (): void => {
    stream.destroy(unreachable(address.describe, options.signal?.reason));
  };
  options.signal?.addEventListener('abort', abort, { once: true });
  stream.once('close', () => options.signal?.removeEventListener('abort', abort));
  return stream;
}

export function sshArguments(address: SshAddress, connectTimeoutMs: number): readonly string[] {
  const docker =
    address.socketPath === undefined ? ['docker'] : ['docker', '--host', `unix://${address.socketPath}`];
  return [
    ...['-o', 'BatchMode=yes', '-o', `ConnectTimeout=${Math.max(1, Math.ceil(connectTimeoutMs / 1000))}`],
    // Ends the connection when the other machine stays silent on the ssh level, which a quiet build doesn't.
    ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=3', '-T'],
    ...(address.user === undefined ? [] : ['-l', address.user]),
    ...(address.port === undefined ? [] : ['-p', String(address.port)]),
    ...['--', address.host, ...docker, 'system', 'dial-stdio'],
  ];
}

function streamOf(child: ChildProcessWithoutNullStreams, describe: string): Duplex {
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-keptErrorBytes);
  });
  const stream = new Duplex({
    read: () => child.stdout.resume(),
    write: (chunk, _encoding, done) => {
      child.stdin.write(chunk, done);
    },
    final: (done) => {
      child.stdin.end(done);
    },
    destroy: (error, done) => {
      child.stdin.destroy();
      child.stdout.destroy();
      child.kill();
      done(error);
    },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) child.stdout.pause();
  });
  for (const pipe of [child.stdin, child.stdout]) pipe.on('error', (error) => stream.destroy(error));
  // Only the end of the process tells whether the end of its output was a failure.
  child.on('close', (code) => {
    if (stream.destroyed) return;
    if (code === 0) stream.push(null);
    else stream.destroy(sshFailed(describe, code, complaints));
  });
  return stream;
}

function sshFailed(describe: string, code: number | null, complaints: string): StagecraftError {
  const last = neutralise(complaints).trim().split('\n').at(-1) ?? '';
  return new StagecraftError(
    'engine-unreachable',
    `The ssh client for "${describe}" ended with ${code ?? 'a signal'}${last === '' ? '' : `: ${last.replace(/\.$/u, '')}`}.`,
    {
      hint: 'Check that "ssh" logs in without asking (key, agent, known host) and that "docker" exists on the other machine.',
    },
  );
}
