import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadPackages } from '../lib/debian.mjs';
import { packLayer } from '../lib/layer.mjs';
import { run } from '../lib/run.mjs';

/**
 * Debian's static busybox in an otherwise empty tree: the smallest base with a shell, for quick engine tests.
 * @type {import('../lib/family.mjs').Family}
 */
export const busybox = {
  name: 'busybox',
  sources: [import.meta.url],
  release: 'trixie',
  packages: ['busybox-static'],
  images: [
    {
      tags: ['busybox:local', 'busybox:1.37'],
      alias: /^busybox:/,
      layers: ['busybox/root'],
      config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
    },
  ],
  async build({ root, directory }) {
    const tree = join(directory, 'tree');
    await installBusybox(root, tree, 'bin');
    for (const name of ['etc', 'home', 'root', 'tmp', 'usr/bin', 'var'])
      mkdirSync(join(tree, name), { recursive: true });
    chmodSync(join(tree, 'tmp'), 0o1777);
    chmodSync(join(tree, 'root'), 0o700);
    writeFileSync(
      join(tree, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
    );
    writeFileSync(join(tree, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
    symlinkSync('../../bin/env', join(tree, 'usr/bin/env'));
    return { root: await packLayer(tree, root.epochSeconds) };
  },
};

/**
 * Puts busybox and a link for each of its programs into one directory of a tree.
 * @param {import('../lib/debian.mjs').AptRoot} root
 * @param {string} tree
 * @param {string} target
 */
export async function installBusybox(root, tree, target) {
  const [deb] = await downloadPackages(root, ['busybox-static']);
  const unpacked = `${tree}-busybox`;
  await run('dpkg-deb', ['--extract', String(deb), unpacked]);
  mkdirSync(join(tree, target), { recursive: true });
  const program = join(tree, target, 'busybox');
  await run('sh', [
    '-c',
    'cp --preserve=timestamps "$1"/*bin/busybox "$2" 2>/dev/null || cp --preserve=timestamps "$1"/usr/bin/busybox "$2"',
    'sh',
    unpacked,
    program,
  ]);
  const { stdout } = await run(program, ['--list']);
  for (const name of stdout.trim().split('\n')) {
    if (name !== 'busybox') symlinkSync('busybox', join(tree, target, name));
  }
}
