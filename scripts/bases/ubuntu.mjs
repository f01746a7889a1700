import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

/**
 * Not Ubuntu: Debian trixie under Ubuntu's name, with Ubuntu's extra user. It has apt and bash, which is what examples use;
 * /etc/os-release still says Debian, so that nobody is misled.
 * @type {import('../lib/family.mjs').Family}
 */
export const ubuntu = {
  name: 'ubuntu',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  needs: [trixie],
  images: [
    {
      tags: ['ubuntu:24.04'],
      alias: /^ubuntu:(latest|noble|2\d\.\d\d)$/,
      layers: ['debian-trixie/root', 'ubuntu/user'],
      config: {
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        Cmd: ['/bin/bash'],
      },
    },
  ],
  async build({ root, directory, layers }) {
    const base = /** @type {import('../lib/layer.mjs').Layer} */ (layers.get('debian-trixie/root'));
    const after = 'in_root useradd --create-home --uid 1000 --shell /bin/bash ubuntu\n';
    return { user: await extend(root, directory, { on: [base], packages: [], after }) };
  },
};
