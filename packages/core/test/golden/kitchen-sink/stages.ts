import type { Profile } from '../../../src/ast/profile.ts';
import {
  arg,
  expand,
  final,
  image,
  inline,
  mount,
  raw,
  type Stage,
  type StageSource,
  script,
  sh,
  stage,
} from '../../../src/index.ts';

const version = arg('GO_VERSION', '1.26');

/** Every instruction, and every flag that engines of this profile understand. */
export function kitchenSink(profile: Profile): StageSource {
  const hasBuildKit = profile !== 'classic';
  const isModern = profile === 'modern';
  const base = stage('base')
    .from(expand`golang:${version}-trixie`)
    .shell(['/bin/bash', '-eo', 'pipefail', '-c'])
    .comment('The cache of modules is worth a layer of its own.')
    .workdir('/src')
    .copy(['go.mod', 'go.sum'], '.')
    .run('go mod download', 'go mod verify')
    .env({
      CGO_ENABLED: '0',
      PATH: expand`/go/bin:${arg('EXTRA_PATH', '/opt/my tools')}`,
      NOTE: 'costs $5, "net"',
    });
  const builder = base
    .with((it) => (hasBuildKit ? withBuildKit(it) : it))
    .with((it) => (isModern ? withModern(it) : it));
  return final()
    .from('debian:trixie-slim')
    .maintainer('Someone <someone@example.com>')
    .label({ 'org.opencontainers.image.title': 'kitchen sink', 'com.example.empty': '' })
    .arg('BUILD_ID')
    .user('65532:65532')
    .copyFrom(image('nginx:1.30'), '/etc/nginx/mime.types', '/etc/', { chown: '65532:65532' })
    .copyFrom(builder, ['/out/app', '/out/my file'], '/app')
    .add('https://example.com/data.tar.gz', '/data/')
    .volume('/data', '/var/lib/my data')
    .expose(8080, '53/udp')
    .onBuild((trigger) => trigger.copy('.', '/app').run('make', 'make check'))
    .stopSignal('SIGQUIT')
    .healthcheck(['/app', '--health'], { interval: '30s', timeout: '5s', startPeriod: '1m', retries: 3 })
    .with(raw('INCLUDE extra.dockerfile'))
    .entrypoint(['/app'])
    .cmd(['--listen', ':8080']);
}

function withBuildKit(it: Stage): Stage {
  return it
    .copy('.', '.', { chmod: '0644' })
    .run('go build -o /out/app .', {
      mounts: [
        mount.cache('/root/.cache/go-build', { id: 'go-build', sharing: 'locked' }),
        mount.secret('netrc', { target: '/root/.netrc' }),
      ],
    })
    .run(script`
      if [ -e /out/app ]; then
        echo "built $(date)" > ${'/out/my file'}
      fi
    `)
    .run(['/out/app', '--version'], {
      mounts: [mount.tmpfs('/tmp'), mount.ssh(), mount.bind(image('busybox'), { target: '/box' })],
    });
}

function withModern(it: Stage): Stage {
  return it
    .copy(inline('listen 8080;\n'), '/etc/app.conf')
    .copy([inline(expand`version=${version}\nprice=$5\n`, { name: 'version' }), 'LICENSE'], '/etc/app/', {
      chmod: 'u=rw,go=r',
      link: true,
    })
    .copy('packages/*/package.json', '/src/', { parents: true, exclude: ['**/*.md', 'not this'] })
    .add('https://github.com/moby/buildkit.git#v0.25.0', '/buildkit', {
      keepGitDir: true,
      checksum: 'abc123',
    })
    .add('local.tar', '/local/', { unpack: true })
    .run(sh`curl -fsS ${'https://example.com/a b'} | tar -x`, { network: 'none', security: 'sandbox' })
    .run('gcc --version', { mounts: [mount.secret('token', { env: 'TOKEN' })] })
    .healthcheck('curl -f localhost || exit 1', { startInterval: '2s' });
}
