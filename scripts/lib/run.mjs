import { spawn } from 'node:child_process';

/**
 * Runs a command and resolves with its output; rejects with the tail of its output when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, input?: string, okCodes?: readonly number[] }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(command, args, options = {}) {
  const { env = process.env, cwd, input, okCodes = [0] } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const out = [];
    /** @type {Buffer[]} */
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const result = {
        code: code ?? -1,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      };
      if (code !== null && okCodes.includes(code)) return resolve(result);
      const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n');
      reject(new Error(`"${command} ${args.join(' ')}" ended with ${code ?? signal}.\n${tail}`));
    });
  });
}

/**
 * Finds a program on PATH (the system directories included, which a plain user's PATH may lack).
 * @param {string} program
 * @returns {Promise<boolean>}
 */
export async function hasProgram(program) {
  const result = await run('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], {
    env: withSystemPath(process.env),
    okCodes: [0, 1, 127],
  });
  return result.code === 0;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withSystemPath(env) {
  return { ...env, PATH: `${env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin` };
}
