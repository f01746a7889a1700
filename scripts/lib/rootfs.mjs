// Whole Debian root file systems, and layers of further packages on top of them.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianMirrors } from './debian.mjs';
import { packLayer, unpackLayer } from './layer.mjs';
import { withLock } from './lock.mjs';
import { run, withSystemPath } from './run.mjs';

/** @typedef {import('./layer.mjs').Layer} Layer */

const extendScript = new URL('extend.sh', import.meta.url);

/** For the `sources` of families that use this file. */
export const rootfsSources = [import.meta.url, extendScript.href];

/** What slim images leave out. Licence texts stay. */
const slimDpkgOptions = [
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/groff/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/linda/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/man/*',
];

/** Settings of Debian's container images: no services started, no caches left in layers, no recommended surprise. */
const imageSettings = {
  'etc/apt/apt.conf.d/docker-autoremove-suggests': 'Apt::AutoRemove::SuggestsImportant "false";\n',
  'etc/apt/apt.conf.d/docker-clean': `DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
`,
  'etc/apt/apt.conf.d/docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
  'etc/apt/apt.conf.d/docker-no-languages': 'Acquire::Languages "none";\n',
  'etc/dpkg/dpkg.cfg.d/docker': `${slimDpkgOptions.join('\n')}\n`,
  'etc/dpkg/dpkg.cfg.d/docker-apt-speedup': 'force-unsafe-io\n',
  'usr/sbin/policy-rc.d': '#!/bin/sh\nexit 101\n',
};

/**
 * Bootstraps the smallest Debian with apt, as the slim images have it.
 * @param {import('./debian.mjs').AptRoot} root
 * @param {string} directory An empty directory to work in.
 * @returns {Promise<Layer>}
 */
export async function bootstrap(root, directory) {
  const tree = join(directory, 'tree');
  const { archive, security } = await debianMirrors();
  const hooks = '/usr/share/mmdebstrap/hooks/merged-usr';
  // Without this, bookworm turns /usr around with the usrmerge package and drags all of perl along.
  const merged = root.release === 'bookworm' ? ['--include=usr-is-merged', `--hook-dir=${hooks}`] : [];
  const options = [...slimDpkgOptions, 'force-unsafe-io'].map((option) => `--dpkgopt=${option}`);
  const args = ['--variant=minbase', '--mode=root', '--format=directory', '--quiet', ...merged, ...options];
  const env = {
    ...withSystemPath(process.env),
    SOURCE_DATE_EPOCH: String(root.epochSeconds),
    LC_ALL: 'C.UTF-8',
  };
  await run('mmdebstrap', [...args, root.release, tree, `deb ${archive} ${root.release} main`], { env });
  writeSettings(tree, aptSources(root.release, archive, security));
  await clean(tree);
  return packLayer(tree, root.epochSeconds);
}

/**
 * @param {string} release
 * @param {string} archive
 * @param {string | undefined} security
 */
function aptSources(release, archive, security) {
  const keyring = 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg';
  const block = (/** @type {string} */ uri, /** @type {string} */ suites) =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\n${keyring}\n`;
  const blocks = [block(archive, `${release} ${release}-updates`)];
  if (security) blocks.push(block(security, `${release}-security`));
  return blocks.join('\n');
}

/**
 * @param {string} tree
 * @param {string} sources
 */
function writeSettings(tree, sources) {
  const files = { ...imageSettings, 'etc/apt/sources.list.d/debian.sources': sources };
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(tree, path), text, { mode: path.startsWith('usr/sbin/') ? 0o755 : 0o644 });
  }
  // Left by mmdebstrap, these would go on ruling every later apt and dpkg call in the image.
  for (const path of [
    'etc/apt/apt.conf.d/99mmdebstrap',
    'etc/dpkg/dpkg.cfg.d/99mmdebstrap',
    'etc/apt/sources.list',
  ]) {
    rmSync(join(tree, path), { force: true });
  }
}

/**
 * Removes what a run leaves behind, and what the engine provides at run time.
 * @param {string} tree
 */
async function clean(tree) {
  for (const path of ['dev', 'proc', 'run', 'sys', 'tmp', 'var/tmp', 'var/lib/apt/lists', 'var/cache/apt'])
    emptyDirectory(join(tree, path));
  for (const path of [
    'var/cache/ldconfig/aux-cache',
    'etc/machine-id',
    'etc/hostname',
    'etc/resolv.conf',
    'var/lib/systemd',
  ]) {
    rmSync(join(tree, path), { recursive: true, force: true });
  }
  mkdirSync(join(tree, 'var/lib/apt/lists/partial'), { recursive: true });
  mkdirSync(join(tree, 'var/cache/apt/archives/partial'), { recursive: true });
  mkdirSync(join(tree, 'run/lock'), { recursive: true });
  await run('find', [join(tree, 'var/log'), '-type', 'f', '-delete']);
}

/** @param {string} path */
function emptyDirectory(path) {
  if (!existsSync(path)) return;
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
}

/**
 * Installs packages on top of layers, as `RUN apt-get install` would, and answers the layer of what changed.
 * @param {import('./debian.mjs').AptRoot} root
 * @param {string} directory An empty directory to work in.
 * @param {{ on: readonly Layer[], packages: readonly string[], before?: string, after?: string, env?: Record<string, string> }} options
 *   `before` and `after` are shell text; `$ROOT` is the image's tree, `in_root` runs a command inside it.
 * @returns {Promise<Layer>}
 */
export async function extend(root, directory, options) {
  const lower = join(directory, 'lower');
  for (const name of ['lower', 'upper', 'overlay', 'root'])
    mkdirSync(join(directory, name), { recursive: true });
  for (const layer of options.on) await unpackLayer(layer, lower);
  writeFileSync(join(directory, 'before.sh'), options.before ?? '');
  writeFileSync(join(directory, 'after.sh'), options.after ?? '');
  const env = {
    ...withSystemPath(process.env),
    ...options.env,
    APT_CONFIG: root.configPath,
    APT_ARCHIVES: join(root.directory, 'cache/archives'),
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C.UTF-8',
    SOURCE_DATE_EPOCH: String(root.epochSeconds),
  };
  // Mounts live in a namespace of their own: they vanish with the script, however it ends.
  const inNamespace = (/** @type {readonly string[]} */ args) =>
    run('unshare', ['--mount', '--propagation', 'private', 'bash', fileURLToPath(extendScript), ...args], {
      env,
    });
  if (options.packages.length > 0) {
    // Downloads share one directory, which apt cannot do for two runs at once; installing then needs no network.
    await withLock(`${root.directory}.archives.lock`, () =>
      inNamespace(['download', directory, ...options.packages]),
    );
  }
  await inNamespace(['install', directory, ...options.packages]);
  return packLayer(join(directory, 'upper'), root.epochSeconds);
}
