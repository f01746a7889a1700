// Looks at every package as it would be published: publint for the manifest, attw for the types.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { pack } from './lib/pack.mjs';
import { run } from './lib/run.mjs';
import { root } from './lib/steps.mjs';

/**
 * @param {string} packageDirectory
 * @returns {Promise<string[]>} One line for each problem.
 */
export async function lintPackage(packageDirectory) {
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8'));
  const destination = mkdtempSync(join(tmpdir(), 'stagecraft-pack-'));
  try {
    const tarball = await pack(packageDirectory, destination);
    const problems = await publintProblems(tarball, manifest);
    // A package with nothing but a command has no types to look at.
    if (codeEntries(manifest).length > 0) problems.push(...(await typeProblems(tarball, manifest)));
    return problems;
  } finally {
    rmSync(destination, { recursive: true, force: true });
  }
}

/**
 * @param {string} tarball
 * @param {object} manifest
 */
async function publintProblems(tarball, manifest) {
  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  return messages
    .filter((message) => message.type !== 'suggestion')
    .map((message) => `publint ${message.code}: ${formatMessage(message, manifest)}`);
}

/**
 * attw answers "no problems" for a package without any types, so each entry is also asked for its types.
 * @param {string} tarball
 * @param {object} manifest
 */
async function typeProblems(tarball, manifest) {
  const args = [tarball, '--format', 'json', '--profile', 'node16', '--no-definitely-typed'];
  const { stdout } = await run(join(root, 'node_modules/.bin/attw'), args, { okCodes: [0, 1] });
  const { analysis, problems } = JSON.parse(stdout);
  if (!analysis.types) return ['attw: the package contains no types'];
  // Importers that predate "exports" are not served: the oldest Node that we support is 20.
  const found = Object.values(problems)
    .flat()
    .filter(({ resolutionKind }) => resolutionKind !== 'node10');
  const untyped = codeEntries(manifest).filter((entry) => !hasTypes(analysis.entrypoints[entry]));
  return [
    ...found.map(
      ({ kind, entrypoint, resolutionKind }) => `attw ${kind}: ${entrypoint ?? ''} ${resolutionKind ?? ''}`,
    ),
    ...untyped.map((entry) => `attw: "${entry}" has no types for import and require`),
  ];
}

/** @param {{ resolutions: Record<string, { resolution?: { isTypeScript: boolean } }> } | undefined} entrypoint */
function hasTypes(entrypoint) {
  const kinds = ['node16-cjs', 'node16-esm', 'bundler'];
  return kinds.every((kind) => entrypoint?.resolutions[kind]?.resolution?.isTypeScript === true);
}

/** @param {{ exports?: Record<string, unknown> }} manifest */
function codeEntries(manifest) {
  return Object.keys(manifest.exports ?? {}).filter((entry) => !entry.endsWith('.json'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of ['core', 'presets', 'cli']) {
    const problems = await lintPackage(join(root, 'packages', name));
    console.log(
      `packages/${name}: ${problems.length === 0 ? 'publint and attw find nothing' : `${problems.length} problems`}`,
    );
    for (const problem of problems) console.error(`  ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
