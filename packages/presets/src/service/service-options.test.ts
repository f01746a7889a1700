import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { bun } from '../bun/bun.ts';
import { cpp } from '../cpp/cpp.ts';
import { deno } from '../deno/deno.ts';
import { elixir } from '../elixir/elixir.ts';
import { go } from '../go/go.ts';
import { java } from '../java/java.ts';
import { node } from '../node/node.ts';
import { php } from '../php/php.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { python } from '../python/python.ts';
import { ruby } from '../ruby/ruby.ts';
import { alpine } from '../runtime/distributions.ts';
import { rust } from '../rust/rust.ts';
import { staticSite } from '../static-site/static-site.ts';

const files = memoryFiles({
  'go.mod': 'module example.com/app\n',
  'main.go': 'package main\n',
  'package.json': '{"main":"src/index.js"}',
  'package-lock.json': '{"lockfileVersion":3}',
  'src/index.js': '',
  'requirements.txt': '',
  'app.py': '',
  'pom.xml': '<project/>',
  'Cargo.toml': '[package]\nname = "app"\n',
  'Cargo.lock': '',
  'composer.json': '{}',
  'composer.lock': '{}',
  Gemfile: '',
  'Gemfile.lock': '',
  'mix.exs': '',
  'mix.lock': '',
  'CMakeLists.txt': '',
  'deno.json': '{}',
  'deno.lock': '{}',
  'public/index.html': '',
});
/** With this lockfile the others would take the project for Bun's. */
const bunFiles = memoryFiles({ 'package.json': '{}', 'bun.lock': '', 'src/index.ts': '' });
const around = {
  caCertificates: ['certs/corp.pem'],
  timezone: 'Europe/Berlin',
  locale: 'C.UTF-8',
  writableDirectories: ['/data'],
} as const;

test('certificates, zone, language and directories fit an image without a shell', async () => {
  await expectGolden('service/go', go({ files, ...around, private: ['example.com/*'] }).final);
});

test('zone files come along where the runtime lacks them', async () => {
  const { final } = go({ files, timezone: 'Europe/Berlin', runtime: alpine() });
  expect(await expectGolden('service/zones', final)).toContain('COPY --from=zones');
});

test('tini starts the interpreter that the image would start itself', async () => {
  const text = await expectGolden('service/python', python({ files, script: 'app.py', init: true }).final);
  expect(text).toContain('ENTRYPOINT ["/sbin/tini", "--", "/opt/venv/bin/python"]');
  const own = await expectGolden('service/node', node({ files, build: false, init: true }).final);
  expect(own).toContain('ENTRYPOINT ["/sbin/tini", "--", "/nodejs/bin/node"]');
  expect(own).toContain('CMD ["src/index.js"]');
});

test('images with a shell take them too, and have a health check', async () => {
  const options = { files, ...around, healthcheck: { command: ['true'] } } as const;
  const images = {
    php: php({ ...options, init: true }).final,
    ruby: ruby(options).final,
    elixir: elixir({ ...options, app: 'shop' }).final,
  };
  for (const [name, image] of Object.entries(images)) {
    const text = await expectGolden(`service/${name}`, image);
    expect(text).toContain('HEALTHCHECK');
    expect(text).toContain('TZ=Europe/Berlin');
    expect(text).toContain('--from=directories --chown=');
  }
  await expectGolden('service/static-site', staticSite({ files, ...around }).final);
});

const secrets = [{ id: 'netrc', target: '/root/.netrc' }] as const;
const installers = {
  go: (profile: 'buildkit' | 'classic') => go({ files, secrets, profile }).final,
  node: (profile: 'buildkit' | 'classic') => node({ files, secrets, profile, build: false }).final,
  python: (profile: 'buildkit' | 'classic') => python({ files, secrets, profile, script: 'app.py' }).final,
  java: (profile: 'buildkit' | 'classic') => java({ files, secrets, profile }).final,
  rust: (profile: 'buildkit' | 'classic') => rust({ files, secrets, profile }).final,
  php: (profile: 'buildkit' | 'classic') => php({ files, secrets, profile }).final,
  cpp: (profile: 'buildkit' | 'classic') => cpp({ files, secrets, profile, binary: 'app' }).final,
  bun: (profile: 'buildkit' | 'classic') => bun({ files: bunFiles, secrets, profile }).final,
  deno: (profile: 'buildkit' | 'classic') => deno({ files, secrets, profile }).final,
  ruby: (profile: 'buildkit' | 'classic') => ruby({ files, secrets, profile }).final,
  elixir: (profile: 'buildkit' | 'classic') => elixir({ files, secrets, profile, app: 'shop' }).final,
};

test.each(Object.entries(installers))('a secret of %s is seen where it installs', async (name, make) => {
  const text = await expectGolden(`service/secret-${name}`, make('buildkit'));
  expect(text).toContain('--mount=type=secret,id=netrc,target=/root/.netrc,required=true');
  expectRefusal(() => make('classic'), 'unsupported-feature');
});

test.each([
  ['a zone that is none', { timezone: 'Europe/Berlin; reboot' }],
  ['a directory that is relative', { writableDirectories: ['data'] }],
  ['a secret with a path that is relative', { secrets: [{ id: 'a', target: 'b' }] }],
  ['a locale the shell would read', { locale: '$(reboot)' }],
])('%s is refused with what to do', (_name, options) => {
  expectRefusal(() => go({ files, ...options }), 'invalid-options');
});
