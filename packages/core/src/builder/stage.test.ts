import { describe, expect, test } from 'vitest';
import { isStagecraftError, type StagecraftError } from '../errors/stagecraft-error.ts';
import { callSiteOf } from '../source/call-site.ts';
import { toDockerfile } from '../to-dockerfile.ts';
import {
  arg,
  context,
  expand,
  final,
  image,
  inline,
  mount,
  raw,
  script,
  sh,
  stage,
  variable,
} from './index.ts';

/** The error `act` throws; fails when it throws none of ours. */
function errorOf(act: () => unknown): StagecraftError {
  try {
    act();
  } catch (error) {
    if (isStagecraftError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** The Dockerfile without its FROM line. */
const printed = (target: Parameters<typeof toDockerfile>[0]): string =>
  toDockerfile(target)
    .replace(/^.*?FROM debian[^\n]*\n/su, '')
    .trimEnd();

const base = final().from('debian:trixie-slim');

describe('stages', () => {
  test('a call returns a new stage and leaves the old one as it was', () => {
    const first = base.env('A', '1');
    const second = first.env('B', '2');
    expect(first.toNode().instructions).toHaveLength(1);
    expect(second.toNode().instructions).toHaveLength(2);
    expect(second.toNode().instructions[0]).toBe(first.toNode().instructions[0]);
  });

  test('a node is frozen, and the same object each time', () => {
    const node = base.run('ls').toNode();
    expect(base.toNode()).toBe(base.toNode());
    expect(
      Object.isFrozen(node) && Object.isFrozen(node.instructions) && Object.isFrozen(node.instructions[0]),
    ).toBe(true);
  });

  test('a list given by the user can change later without changing the node', () => {
    const argv = ['a'];
    const made = base.cmd(argv);
    argv.push('b');
    expect(printed(made)).toBe('CMD ["a"]');
  });

  test('every instruction knows the TypeScript line that made it', () => {
    const made = base.run('ls');
    const site = callSiteOf(made.toNode().instructions[0] ?? {});
    expect(site?.file).toMatch(/stage\.test\.ts$/u);
    expect(site?.line).toBeGreaterThan(1);
  });

  test('an error of a fluent call points at that call', () => {
    const error = errorOf(() => base.expose(70_000));
    expect(error).toMatchObject({ code: 'invalid-value', message: '"70000" is not a port.' });
    expect(error.where?.file).toMatch(/stage\.test\.ts$/u);
  });
});

describe('instructions', () => {
  const builder = stage('builder').from('golang:1.26-trixie');
  test.each([
    ['run joins commands', base.run('a', 'b'), 'RUN a \\\n    && b'],
    ['run takes an array', base.run(['a', 'b c']), 'RUN ["a", "b c"]'],
    ['copy of several sources gets a slash', base.copy(['a', 'b'], 'c'), 'COPY a b c/'],
    ['copy of a pattern gets a slash', base.copy('*.json', '.'), 'COPY *.json ./'],
    ['a literal source keeps its star', base.copy('a*.json', 'b', { literal: true }), 'COPY a[*].json b'],
    ['copyFrom an image', base.copyFrom(image('nginx:1.30'), '/a', '/b'), 'COPY --from=nginx:1.30 /a /b'],
    ['copyFrom a named context', base.copyFrom(context('docs'), '/a', '/b'), 'COPY --from=docs /a /b'],
    ['env takes pairs', base.env({ A: 1, B: 'x y' }), 'ENV A=1 \\\n    B="x y"'],
    ['text is literal', base.env('A', '$HOME'), 'ENV A="\\$HOME"'],
    ['expand makes variables', base.env('A', expand`/x:${variable('PATH')}`), 'ENV A="/x:${PATH}"'],
    ['user takes a number', base.user(65_532), 'USER 65532'],
    ['expose takes numbers and protocols', base.expose(80, '53/udp'), 'EXPOSE 80 53/udp'],
    ['healthcheck can be switched off', base.healthcheck(false), 'HEALTHCHECK NONE'],
    ['stopSignal takes a number', base.stopSignal(15), 'STOPSIGNAL 15'],
    [
      'onBuild wraps what follows',
      base.onBuild((on) => on.copy('.', '/app').run('make')),
      'ONBUILD COPY . /app\nONBUILD RUN make',
    ],
    ['raw is printed as it is', base.with(raw('INCLUDE x')), 'INCLUDE x'],
    ['comments stand above', base.comment('why').run('ls'), '# why\nRUN ls'],
    [
      'sh quotes values',
      base.run(sh`rm -rf ${'my dir'} ${["it's", 'b']}`),
      "RUN rm -rf 'my dir' 'it'\\''s' b",
    ],
    ['volume', base.volume('/data'), 'VOLUME /data'],
    ['shell', base.shell(['/bin/bash', '-c']), 'SHELL ["/bin/bash", "-c"]'],
    ['label', base.label('a.b', 'c'), 'LABEL a.b=c'],
    [
      'add',
      base.add('https://example.com/x', '/x', { checksum: 'sha256:24' }),
      'ADD --checksum=sha256:24 https://example.com/x /x',
    ],
    ['workdir', base.workdir('/src'), 'WORKDIR /src'],
    ['maintainer', base.maintainer('me'), 'MAINTAINER me'],
  ])('%s', (_name, target, text) => {
    expect(printed(target)).toBe(text);
  });

  test('a script stops at the first failing command', () => {
    const made = base.run(script`
      echo ${'a b'}
        indented \
      done`);
    expect(printed(made)).toBe('RUN <<"EOF"\nset -e\necho \'a b\'\n  indented \\\ndone\nEOF');
  });

  test('a file written in place is a here-document', () => {
    expect(printed(base.copy(inline('a $b'), '/etc/x'))).toBe('COPY <<"EOF" /etc/x\na $b\nEOF');
  });

  test('mounts print with the options that were given', () => {
    const made = base.run('npm ci', {
      mounts: [mount.cache('/root/.npm'), mount.secret('npmrc', { target: '/root/.npmrc' })],
    });
    expect(printed(made)).toBe(
      'RUN --mount=type=cache,target=/root/.npm \\\n    --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true \\\n    npm ci',
    );
  });

  test('a bind mount of a stage names it', () => {
    const made = base.run('make', { mounts: [mount.bind(builder, { source: '/out', target: '/in' })] });
    expect(toDockerfile(made)).toContain('--mount=type=bind,from=builder,source=/out,target=/in');
  });
});

describe('mistakes', () => {
  // What a JavaScript caller can do although TypeScript refuses it.
  const javaScript = (value: unknown): never => value as never;

  test.each([
    ['shell form without a shell', () => final().distroless('static').run(javaScript('ls')), 'no-shell'],
    ['a stage named by text', () => base.copyFrom(javaScript('builder'), 'a', 'b'), 'unknown-stage'],
    ['a reserved stage name', () => stage('scratch'), 'reserved-stage'],
    ['an upper-case stage name', () => stage('Builder'), 'invalid-value'],
    ['an empty copy', () => base.copy([], '/'), 'invalid-value'],
    ['an empty run', () => base.run(), 'invalid-value'],
    ['a mount without target', () => mount.cache(''), 'invalid-value'],
    ['a graph without a base', () => toDockerfile(javaScript(final())), 'empty-graph'],
    ['a value that cannot be written', () => toDockerfile(base.env('A', 'x\ny')), 'invalid-value'],
  ])('%s is refused with a code and a hint', (_name, act, code) => {
    const error = errorOf(act);
    expect(error.code).toBe(code);
    expect(error.hint).toBeTruthy();
  });

  test('the hint offers a stage name that works', () => {
    expect(errorOf(() => stage('My App')).hint).toContain('"my-app"');
  });

  test('all problems of a graph are reported together', () => {
    const one = stage('a').from('x').env('K', 'a\nb');
    const target = final().from('y').copyFrom(one, '/1', '/2').workdir('c\nd');
    expect(errorOf(() => toDockerfile(target)).problems).toHaveLength(2);
  });
});

describe('build arguments', () => {
  const version = arg('GO_VERSION', '1.26');

  test('a global ARG stands once, and a stage that reads it declares it', () => {
    const builder = stage('builder')
      .from(expand`golang:${version}`)
      .workdir('/src')
      .run(expand`echo ${version}`);
    expect(toDockerfile(final().from('scratch').copyFrom(builder, '/a', '/a'))).toBe(
      [
        'ARG GO_VERSION=1.26',
        '',
        'FROM golang:${GO_VERSION} AS builder',
        'WORKDIR /src',
        'ARG GO_VERSION',
        'RUN echo ${GO_VERSION}',
        '',
        'FROM scratch',
        'COPY --from=builder /a /a',
        '',
      ].join('\n'),
    );
  });

  test('a stage that starts from another inherits its arguments', () => {
    const first = stage('first').from('x').run(expand`echo ${version}`);
    const text = toDockerfile(final().from(first).run(expand`echo again ${version}`));
    expect(text.match(/^ARG GO_VERSION$/gmu)).toHaveLength(1);
  });

  test('a platform argument needs no global ARG', () => {
    expect(toDockerfile(base.run(expand`echo ${arg('TARGETARCH')}`))).toBe(
      'FROM debian:trixie-slim\nARG TARGETARCH\nRUN echo ${TARGETARCH}\n',
    );
  });

  test('two defaults for one argument are refused', () => {
    const target = base.env('A', expand`${arg('V', '1')}`).env('B', expand`${arg('V', '2')}`);
    expect(errorOf(() => toDockerfile(target)).message).toBe(
      'Two build arguments "V" have different defaults.',
    );
  });
});
