import { spawn } from 'node:child_process';
import type { RegistryCredentials } from '../../build/credentials.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';

const longestAnswerBytes = 1 << 20;
const tokenUser = '<token>';

/**
 * Asks a `docker-credential-*` program for one server. Resolves to undefined when it knows none.
 *
 * Rejects with `config-rejected` when the program is missing, fails or answers nonsense; what it printed is not repeated.
 */
export async function askHelper(
  name: string,
  server: string,
  signal?: AbortSignal,
): Promise<RegistryCredentials | undefined> {
  // The name becomes a program's and the server a line of its input.
  if (!/^[\w.-]+$/u.test(name)) throw rejected(name, 'has a name that no program can have');
  if (!/^[\x21-\x7e]+$/u.test(server)) throw rejected(name, 'can not be asked for a server with such a name');
  const { code, output } = await runHelper(name, server, signal);
  if (code !== 0) {
    // Helpers tell "not found" only in words, which the docker command line compares, too.
    if (/credentials not found|no credentials server URL|no credentials username/iu.test(output))
      return undefined;
    throw rejected(name, `ended with code ${code}`);
  }
  return readAnswer(name, output);
}

function readAnswer(name: string, output: string): RegistryCredentials | undefined {
  let answer: { readonly Username?: unknown; readonly Secret?: unknown };
  try {
    answer = JSON.parse(output);
  } catch {
    throw rejected(name, 'answered with something that is not JSON');
  }
  const { Username: username, Secret: secret } = answer ?? {};
  if (typeof username !== 'string' || typeof secret !== 'string')
    throw rejected(name, 'answered without a secret');
  if (secret === '') return undefined;
  return username === tokenUser ? { identityToken: secret } : { username, password: secret };
}

function runHelper(
  name: string,
  server: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${name}`, ['get'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      ...(signal === undefined ? {} : { signal }),
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > longestAnswerBytes) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stdin.on('error', () => {});
    child.on('error', (cause) => {
      if (signal?.aborted === true) reject(signal.reason);
      else reject(rejected(name, 'can not be started', cause));
    });
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8').trim() }));
    child.stdin.end(`${server}\n`);
  });
}

function rejected(name: string, what: string, cause?: unknown): StagecraftError {
  return new StagecraftError('config-rejected', `The credential helper "${name}" ${what}.`, {
    hint: `Check that "docker-credential-${name}" is installed and works, or remove it from the docker config file.`,
    cause,
  });
}
