// How a build step reaches the npm registry that this machine uses: read at run time, written into no file of the project.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withWorkDirectory } from './lib/cache.mjs';
import { callEngine, engineAddress } from './lib/engine-client.mjs';
import { run } from './lib/run.mjs';

/**
 * Text of an .npmrc with the machine's registry and certificates, for `--mount=type=secret,target=/root/.npmrc`.
 * One secret is enough: the certificates are inside it, as npm and pnpm accept them.
 * @returns {Promise<string>}
 */
export async function npmrcForBuilds() {
  const registry = await npmSetting('registry');
  const certificates = await certificateBundle();
  const blocks = certificates?.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const lines = blocks.map((block) => `ca[]="${block.replaceAll('\n', '\\n')}"`);
  return `${[`registry=${registry}`, ...lines].join('\n')}\n`;
}

/**
 * The certificates that this machine trusts beyond those that Node.js brings along, or undefined when it names none.
 * @returns {Promise<string | undefined>}
 */
export async function certificateBundle() {
  const candidates = [await npmSetting('cafile'), process.env.NODE_EXTRA_CA_CERTS, process.env.SSL_CERT_FILE];
  const path = candidates.find((candidate) => candidate && existsSync(candidate));
  return path ? readFileSync(path, 'utf8') : undefined;
}

/** @param {string} key */
async function npmSetting(key) {
  const value = (await run('npm', ['config', 'get', key], { cwd: '/' })).stdout.trim();
  return value === 'null' || value === 'undefined' ? '' : value;
}

/**
 * A copy of a local base that trusts what this machine trusts, for builders without secrets (the classic one).
 * @param {string} name For example "node:24-trixie-slim".
 * @returns {Promise<string>} The copy's name; the same name when the machine has no certificates of its own.
 */
export async function ensureTrustingBase(name) {
  const bundle = await certificateBundle();
  if (!bundle) return name;
  const tag = `stagecraft-trusting/${name}`;
  await withWorkDirectory('trusting', async (directory) => {
    const path = '/etc/ssl/certs/ca-certificates.crt';
    writeFileSync(join(directory, 'bundle.crt'), bundle);
    writeFileSync(
      join(directory, 'Dockerfile'),
      `FROM ${name}\nCOPY bundle.crt ${path}\nENV NODE_EXTRA_CA_CERTS=${path} SSL_CERT_FILE=${path}\n`,
    );
    const tar = spawn('tar', ['--create', '--mtime=@0', '--directory', directory, '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const query = `t=${encodeURIComponent(tag)}&q=1&rm=1`;
    const { status, text } = await callEngine(engineAddress(), {
      method: 'POST',
      path: `/build?${query}`,
      body: tar.stdout,
    });
    if (status !== 200 || text.includes('"errorDetail"')) {
      throw new Error(`"${tag}" was not built: ${text.trim()}`);
    }
  });
  return tag;
}
