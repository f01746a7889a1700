// Layers of unpacked .deb files with no package manager, shell or package scripts: how distroless images are made.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { downloadPackages } from './debian.mjs';
import { packLayer } from './layer.mjs';
import { run } from './run.mjs';

/** @typedef {import('./debian.mjs').AptRoot} AptRoot */
/** @typedef {import('./layer.mjs').Layer} Layer */

/** For the `sources` of families that use this file. */
export const distrolessSources = [import.meta.url];

/** What is removed from every package; licence texts stay. */
const unwanted = ['bug', 'info', 'lintian', 'locale', 'man'];

/**
 * Unpacks packages into a tree, lets `finish` add to it, and packs it as a layer.
 * @param {AptRoot} root
 * @param {string} tree A directory that does not exist yet.
 * @param {{ packages: readonly string[], finish?: (tree: string) => void | Promise<void> }} options
 * @returns {Promise<Layer>}
 */
export async function packageLayer(root, tree, options) {
  mkdirSync(join(tree, 'var/lib/dpkg/status.d'), { recursive: true });
  const debs = await downloadPackages(root, options.packages);
  for (const [index, deb] of debs.entries()) await unpackPackage(deb, tree, String(options.packages[index]));
  for (const name of unwanted) rmSync(join(tree, 'usr/share', name), { recursive: true, force: true });
  await keepOnlyCopyright(join(tree, 'usr/share/doc'));
  await options.finish?.(tree);
  return packLayer(tree, root.epochSeconds);
}

/**
 * @param {string} deb
 * @param {string} tree
 * @param {string} name
 */
async function unpackPackage(deb, tree, name) {
  const script =
    'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --numeric-owner --same-permissions --directory "$2"';
  await run('bash', ['-o', 'pipefail', '-c', script, 'bash', deb, tree]);
  // Image scanners read one control file a package here, since there is no dpkg status file.
  const { stdout } = await run('dpkg-deb', ['--field', deb]);
  writeFileSync(join(tree, 'var/lib/dpkg/status.d', name), stdout);
}

/** @param {string} docs */
async function keepOnlyCopyright(docs) {
  if (!existsSync(docs)) return;
  await run('find', [docs, '(', '-type', 'f', '-o', '-type', 'l', ')', '!', '-name', 'copyright', '-delete']);
  await run('find', [docs, '-mindepth', '1', '-type', 'd', '-empty', '-delete']);
}

/**
 * Users, homes, name lookup order and the CA bundle, as in every distroless image.
 * @param {string} tree
 */
export function finishStatic(tree) {
  const users = { root: [0, '/root'], nobody: [65534, '/nonexistent'], nonroot: [65532, '/home/nonroot'] };
  const groups = { root: 0, nobody: 65534, tty: 5, staff: 50, nonroot: 65532 };
  const passwd = Object.entries(users).map(
    ([name, [id, home]]) => `${name}:x:${id}:${id}:${name}:${home}:/sbin/nologin\n`,
  );
  const group = Object.entries(groups).map(([name, id]) => `${name}:x:${id}:\n`);
  writeFileSync(join(tree, 'etc/passwd'), passwd.join(''));
  writeFileSync(join(tree, 'etc/group'), group.join(''));
  writeFileSync(join(tree, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
  mkdirSync(join(tree, 'home/nonroot'), { recursive: true, mode: 0o700 });
  chownSync(join(tree, 'home/nonroot'), 65532, 65532);
  mkdirSync(join(tree, 'tmp'), { recursive: true });
  chmodSync(join(tree, 'tmp'), 0o1777);
  mkdirSync(join(tree, 'etc/ssl/certs'), { recursive: true });
  bundleCertificates(tree);
}

/**
 * One bundle instead of the single files and the program that would put them together.
 * @param {string} tree
 */
function bundleCertificates(tree) {
  const folder = join(tree, 'usr/share/ca-certificates/mozilla');
  const certificates = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  writeFileSync(join(tree, 'etc/ssl/certs/ca-certificates.crt'), certificates.join(''));
  for (const path of [
    'usr/share/ca-certificates',
    'usr/sbin/update-ca-certificates',
    'etc/ca-certificates',
  ]) {
    rmSync(join(tree, path), { recursive: true });
  }
}

/**
 * @param {string} tree
 * @param {Record<string, string>} links Target by path.
 */
export function addLinks(tree, links) {
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    symlinkSync(target, join(tree, path));
  }
}

/**
 * The four tags of one distroless image: latest and nonroot, and both with busybox for debugging.
 * @param {string} name For example "static-debian13".
 * @param {{ layers: readonly string[], debugLayers: readonly string[], env?: readonly string[], entrypoint?: readonly string[] }} options
 * @returns {import('./family.mjs').FamilyImage[]}
 */
export function distrolessImages(name, { layers, debugLayers, env = [], entrypoint }) {
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const variants = [
    { tag: 'latest', User: '0', WorkingDir: '/', debug: false },
    { tag: 'nonroot', User: '65532', WorkingDir: '/home/nonroot', debug: false },
    { tag: 'debug', User: '0', WorkingDir: '/', debug: true },
    { tag: 'debug-nonroot', User: '65532', WorkingDir: '/home/nonroot', debug: true },
  ];
  return variants.map(({ tag, User, WorkingDir, debug }) => {
    const Entrypoint = entrypoint ?? (debug ? ['/busybox/sh'] : undefined);
    const Env = [
      `PATH=${path}${debug ? ':/busybox' : ''}`,
      'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
      ...env,
    ];
    const unsuffixed = name.endsWith('-debian13') && name.slice(0, -'-debian13'.length);
    return {
      tags: [`gcr.io/distroless/${name}:${tag}`],
      ...(unsuffixed && { alias: new RegExp(`^gcr\\.io/distroless/${unsuffixed}:${tag}$`) }),
      layers: debug ? [...layers, ...debugLayers] : layers,
      config: { Env, User, WorkingDir, ...(Entrypoint && { Entrypoint }) },
    };
  });
}
