import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

const env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NGINX_VERSION=1.26'];
const lower = 'debian-trixie/root';

/** @param {{ port: number, user: string, temporary: string }} options */
function serverConfig({ port, user, temporary }) {
  const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${temporary}/${kind}_temp;`,
  );
  const main = `${user}worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid ${temporary}/nginx.pid;
events { worker_connections 1024; }
http {
${temporaryPaths.join('\n')}
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log;
  sendfile on;
  include /etc/nginx/conf.d/*.conf;
}
`;
  const site = `server {
  listen ${port};
  location / {
    root /usr/share/nginx/html;
    index index.html;
  }
}
`;
  return `
    cat >"$ROOT/etc/nginx/nginx.conf" <<'END'
${main}END
    cat >"$ROOT/etc/nginx/conf.d/default.conf" <<'END'
${site}END
  `;
}

const install = `
  in_root groupadd --system --gid 101 nginx
  in_root useradd --system --uid 101 --gid nginx --no-create-home --home-dir /nonexistent --shell /bin/false nginx
  rm -rf "$ROOT/etc/nginx/sites-available" "$ROOT/etc/nginx/sites-enabled" "$ROOT/var/www"
  mkdir -p "$ROOT/etc/nginx/conf.d" "$ROOT/usr/share/nginx/html" "$ROOT/var/log/nginx"
  echo '<!DOCTYPE html><title>nginx</title><h1>It works.</h1>' >"$ROOT/usr/share/nginx/html/index.html"
  ln -sf /dev/stdout "$ROOT/var/log/nginx/access.log"
  ln -sf /dev/stderr "$ROOT/var/log/nginx/error.log"
  chown -R 101:101 "$ROOT/etc/nginx"
  printf '#!/bin/sh\\nexec "$@"\\n' >"$ROOT/docker-entrypoint.sh"
  chmod 755 "$ROOT/docker-entrypoint.sh"
`;

const shared = {
  Env: env,
  Entrypoint: ['/docker-entrypoint.sh'],
  Cmd: ['nginx', '-g', 'daemon off;'],
  StopSignal: 'SIGQUIT',
};

/**
 * Debian's nginx with the layout of the official image, and with that of the one without root. Both on Debian, none on Alpine.
 * @type {import('../lib/family.mjs').Family}
 */
export const nginx = {
  name: 'nginx',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  needs: [trixie],
  images: [
    {
      tags: ['nginx:1.30'],
      alias: /^nginx:(1\.\d+(\.\d+)?|stable|latest)(-trixie|-alpine)?(-slim)?$/,
      layers: [lower, 'nginx/server', 'nginx/official'],
      config: { ...shared, ExposedPorts: { '80/tcp': {} } },
    },
    {
      tags: ['nginxinc/nginx-unprivileged:1.30-alpine'],
      alias: /^nginxinc\/nginx-unprivileged:/,
      layers: [lower, 'nginx/server', 'nginx/unprivileged'],
      config: { ...shared, User: '101', ExposedPorts: { '8080/tcp': {} } },
    },
  ],
  async build({ root, directory, layers }) {
    const slim = /** @type {import('../lib/layer.mjs').Layer} */ (layers.get(lower));
    const server = await extend(root, `${directory}/server`, {
      on: [slim],
      packages: ['nginx-light'],
      after: install,
    });
    const variant = (/** @type {string} */ name, /** @type {string} */ config) =>
      extend(root, `${directory}/${name}`, { on: [slim, server], packages: [], after: config });
    const official = serverConfig({ port: 80, user: 'user nginx;\n', temporary: '/var/cache/nginx' });
    return {
      server,
      official: await variant(
        'official',
        `${official.replaceAll('/var/cache/nginx/nginx.pid', '/run/nginx.pid')}mkdir -p "$ROOT/var/cache/nginx"\n`,
      ),
      unprivileged: await variant('unprivileged', serverConfig({ port: 8080, user: '', temporary: '/tmp' })),
    };
  },
};
