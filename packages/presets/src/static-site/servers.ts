/** How a web server is told to serve files. */
export interface WebServer {
  readonly image: string;
  /** Where the files go. */
  readonly root: string;
  /** Whether it can be told to send headers, and compressed files. */
  readonly isConfigurable: boolean;
  /** Numeric, such as `101:101`. */
  readonly user: string;
  /** The file that configures it; absent where the command says it all. */
  readonly config?: { readonly path: string; readonly lines: (settings: SiteSettings) => readonly string[] };
  /** Absent where the image's own command is right. */
  readonly command?: (settings: SiteSettings) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
}

export interface SiteSettings {
  readonly port: number;
  /** Answer unknown paths with `index.html`. */
  readonly spa: boolean;
  /** How long browsers keep files whose names hold a hash, in seconds. */
  readonly cacheSeconds: number;
  /** Sent with every file. */
  readonly headers: Readonly<Record<string, string>>;
  /** Send the compressed file beside the one that is asked for. */
  readonly gzip: boolean;
}

const hashed = '\\.[0-9a-f]{8,}\\.';

export const servers: Readonly<Record<'nginx' | 'caddy' | 'busybox', WebServer>> = {
  nginx: {
    image: 'nginxinc/nginx-unprivileged:1.30-alpine',
    root: '/usr/share/nginx/html',
    isConfigurable: true,
    user: '101:101',
    config: {
      path: '/etc/nginx/conf.d/default.conf',
      lines: ({ port, spa, cacheSeconds, headers, gzip }) => {
        // A location with headers of its own gets none from around it.
        const added = Object.entries(headers)
          .map(([name, value]) => `add_header ${name} "${value}" always; `)
          .join('');
        return [
          'server {',
          `  listen ${port};`,
          '  server_tokens off;',
          ...(gzip ? ['  gzip_static on;', '  gzip_vary on;'] : []),
          '  root /usr/share/nginx/html;',
          '  index index.html;',
          `  location / { ${added}try_files $uri $uri.html $uri/ ${spa ? '/index.html' : '=404'}; }`,
          `  location ~ "${hashed}" { ${added}add_header Cache-Control "public, max-age=${cacheSeconds}, immutable"; try_files $uri =404; }`,
          '}',
        ];
      },
    },
    stopSignal: 'SIGQUIT',
  },
  caddy: {
    image: 'caddy:2.11-alpine',
    root: '/srv',
    isConfigurable: true,
    user: '65532:65532',
    config: {
      path: '/etc/caddy/Caddyfile',
      lines: ({ port, spa, cacheSeconds, headers, gzip }) => [
        '{',
        '  admin off',
        '  auto_https off',
        '}',
        `:${port} {`,
        '  root * /srv',
        ...(gzip ? [] : ['  encode gzip']),
        ...Object.entries(headers).map(([name, value]) => `  header ${name} "${value}"`),
        `  @hashed path_regexp ${hashed}`,
        `  header @hashed Cache-Control "public, max-age=${cacheSeconds}, immutable"`,
        `  try_files {path} {path}.html${spa ? ' /index.html' : ''}`,
        ...(gzip ? ['  file_server {', '    precompressed gzip', '  }'] : ['  file_server']),
        '}',
      ],
    },
    command: () => ['caddy', 'run', '--config', '/etc/caddy/Caddyfile'],
    env: { XDG_CONFIG_HOME: '/tmp/config', XDG_DATA_HOME: '/tmp/data' },
  },
  busybox: {
    image: 'busybox:1.37',
    root: '/www',
    isConfigurable: false,
    user: '65532:65532',
    command: ({ port }) => ['busybox', 'httpd', '-f', '-p', String(port), '-h', '/www'],
  },
};
