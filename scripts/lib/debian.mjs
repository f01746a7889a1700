// Debian's package archive through apt, with a private apt root for each release.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cachePath, withWorkDirectory } from './cache.mjs';
import { withLock } from './lock.mjs';
import { run, withSystemPath } from './run.mjs';

/** @typedef {'trixie' | 'bookworm' | 'bullseye'} Release */

const suites = {
  trixie: ['trixie', 'trixie-backports'],
  bookworm: ['bookworm', 'bookworm-backports'],
  bullseye: ['bullseye'],
};

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const freshForMs = 24 * 60 * 60 * 1000;

/**
 * The mirrors that this machine's own apt uses for Debian.
 * @returns {Promise<{ archive: string, security: string | undefined }>}
 */
export async function debianMirrors() {
  const format = '$(REPO_URI)|$(ORIGIN)|$(LABEL)';
  const list = () => run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  let { stdout } = await list();
  // Origin and label are only known once apt has read the signed index.
  if (!stdout.includes('|Debian|')) {
    await run('apt-get', ['--quiet', 'update']);
    stdout = (await list()).stdout;
  }
  const targets = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
  const find = (/** @type {string} */ label) =>
    targets.find(([, origin, name]) => origin === 'Debian' && name === label)?.[0];
  const archive = find('Debian');
  if (!archive)
    throw new Error("This machine's apt has no Debian mirror, so no base image can be made here.");
  return { archive, security: find('Debian-Security') };
}

/**
 * A private apt root that knows one Debian release. The lists are refreshed once a day.
 * @param {Release} release
 * @returns {Promise<AptRoot>}
 */
export function aptRoot(release) {
  const known = opened.get(release);
  if (known) return known;
  const opening = openRoot(release);
  opened.set(release, opening);
  opening.catch(() => opened.delete(release));
  return opening;
}

/** @type {Map<Release, Promise<AptRoot>>} */
const opened = new Map();

/**
 * @typedef {object} AptRoot
 * @property {Release} release
 * @property {string} directory
 * @property {string} configPath Value for APT_CONFIG.
 * @property {string} date Date of the main suite's signed index, for example "Sat, 06 Sep 2025 09:12:45 UTC".
 * @property {number} epochSeconds The same as seconds since 1970.
 */

/**
 * @param {Release} release
 * @returns {Promise<AptRoot>}
 */
async function openRoot(release) {
  const directory = cachePath('apt', release);
  const configPath = join(directory, 'apt.conf');
  if (!isFresh(directory, release)) {
    await withLock(cachePath('apt', `${release}.lock`), async () => {
      if (isFresh(directory, release)) return;
      await writeConfig(release, directory, configPath);
      await refresh(directory, configPath, release);
    });
  }
  const date = releaseDate(join(directory, 'state/lists'), release);
  return { release, directory, configPath, date, epochSeconds: Date.parse(date) / 1000 };
}

/**
 * True when the lists were read within a day, by this version of this file.
 * @param {string} directory
 * @param {Release} release
 */
function isFresh(directory, release) {
  const stamp = join(directory, 'refreshed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== suites[release].join(' ')) return false;
  return Date.now() - statSync(stamp).mtimeMs < freshForMs;
}

/**
 * @param {Release} release
 * @param {string} directory
 * @param {string} configPath
 */
async function writeConfig(release, directory, configPath) {
  for (const name of [
    'state/lists/partial',
    'cache/archives/partial',
    'etc/sources',
    'etc/preferences',
    'log',
  ]) {
    mkdirSync(join(directory, name), { recursive: true });
  }
  const { archive } = await debianMirrors();
  const lines = suites[release].map((suite) => `deb [signed-by=${keyring}] ${archive} ${suite} main\n`);
  writeFileSync(join(directory, 'etc/sources.list'), lines.join(''));
  writeFileSync(join(directory, 'status'), '');
  // The machine's own Acquire settings (proxies, limits) apply here too; its clean-up hooks must not.
  const { stdout: acquire } = await run('apt-config', ['dump', 'Acquire']);
  writeFileSync(configPath, `${acquire}\n${rootConfig(directory)}`);
}

/** @param {string} directory */
function rootConfig(directory) {
  return `Dir "${directory}";
Dir::State "state";
Dir::State::status "${directory}/status";
Dir::Cache "cache";
Dir::Etc "etc";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "sources.list";
Dir::Etc::sourceparts "sources";
Dir::Etc::preferencesparts "preferences";
Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
Dir::Log "log";
Acquire::Languages "none";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "true";
`;
}

/**
 * @param {string} directory
 * @param {string} configPath
 * @param {Release} release
 */
async function refresh(directory, configPath, release) {
  const stamp = join(directory, 'refreshed');
  try {
    await apt(configPath, ['update', '--error-on=any']);
  } catch (error) {
    // Yesterday's lists still describe packages that can be in the cache.
    if (!existsSync(stamp)) throw error;
    return;
  }
  writeFileSync(stamp, suites[release].join(' '));
}

/**
 * @param {string} lists
 * @param {string} suite
 * @returns {string}
 */
function releaseDate(lists, suite) {
  const file = readdirSync(lists).find((name) => name.endsWith(`_dists_${suite}_InRelease`));
  const date = file && /^Date: (.+)$/m.exec(readFileSync(join(lists, file), 'utf8'))?.[1];
  if (!date) throw new Error(`The signed index of Debian "${suite}" has no date.`);
  return date;
}

/**
 * Runs apt-get in a private root.
 * @param {string} configPath
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
function apt(configPath, args, options = {}) {
  const env = {
    ...withSystemPath(process.env),
    APT_CONFIG: configPath,
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C.UTF-8',
  };
  return run('apt-get', ['--quiet', '--yes', ...args], { env, ...options });
}

/**
 * Downloads .deb files, checked by apt against the signed index; answers their paths in the order asked for.
 * @param {AptRoot} root
 * @param {readonly string[]} packages Names, or "name/suite".
 * @returns {Promise<string[]>}
 */
export async function downloadPackages(root, packages) {
  const candidates = await resolveCandidates(root, packages);
  const store = join(root.directory, 'debs');
  mkdirSync(store, { recursive: true });
  const missing = candidates.filter(({ file }) => !existsSync(join(store, file)));
  if (missing.length > 0) {
    await withWorkDirectory('debs', async (directory) => {
      await apt(root.configPath, ['download', ...missing.map(({ name, version }) => `${name}=${version}`)], {
        cwd: directory,
      });
      // Moved in one step, so that a parallel run never reads half a file.
      for (const file of readdirSync(directory)) renameSync(join(directory, file), join(store, file));
    });
  }
  return Promise.all(
    candidates.map(async ({ file, sha256 }) => {
      const path = join(store, file);
      if ((await fileSha256(path)) === sha256) return path;
      throw new Error(`"${path}" is not the file that the signed index describes. Remove it and try again.`);
    }),
  );
}

/** @param {string} path */
async function fileSha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Name, version and hash of the packages that would be installed today.
 * @param {AptRoot} root
 * @param {readonly string[]} packages
 * @returns {Promise<{ name: string, version: string, file: string, sha256: string }[]>}
 */
export async function resolveCandidates(root, packages) {
  const env = { ...process.env, APT_CONFIG: root.configPath, LC_ALL: 'C.UTF-8' };
  const { stdout } = await run('apt-cache', ['show', '--no-all-versions', ...packages], { env });
  const found = new Map(
    stdout.split('\n\n').map((paragraph) => {
      const field = (/** @type {string} */ name) =>
        new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph)?.[1] ?? '';
      const [name, version, architecture] = [field('Package'), field('Version'), field('Architecture')];
      const file = `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`;
      return [name, { name, version, file, sha256: field('SHA256') }];
    }),
  );
  return packages.map((name) => {
    const candidate = found.get(name);
    if (!candidate) throw new Error(`Debian "${root.release}" has no package "${name}".`);
    return candidate;
  });
}
