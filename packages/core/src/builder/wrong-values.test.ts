import { describe, expect, test } from 'vitest';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import * as core from '../index.ts';

/** Plain JavaScript has no types to stop it. */
// biome-ignore lint/suspicious/noExplicitAny: these calls are wrong on purpose.
const api = core as any;
const { stage, final, image, context, inline, mount, arg, expand, sh, script, raw } = api;
const base = stage('x').from('debian:13-slim');
const run = (options: unknown): unknown => base.run('ls', options);

/** What plain JavaScript passes by mistake: an unset variable, a forgotten `await`, a number, a list of lists… */
const mistakes: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  NaN: Number.NaN,
  true: true,
  'a date': new Date(0),
  'a promise': Promise.resolve('x'),
  'a symbol': Symbol('s'),
  'a function': () => 'x',
  'a list of nothing': [undefined],
  'a list of lists': [['a']],
  'an unknown option': { unknwon: 1 },
  bytes: new Uint8Array(3),
  '-1': -1,
};

/** Each call with one argument that is wrong, and the mistakes that mean something there. */
const calls: Readonly<Record<string, readonly [call: (value: unknown) => unknown, ...legal: string[]]>> = {
  stage: [(value) => stage(value)],
  final: [(value) => final(value).from('a'), 'undefined'],
  from: [(value) => final().from(value)],
  'from, options': [(value) => final().from('a', value), 'undefined'],
  'from, platform': [(value) => final().from('a', { platform: value }), 'undefined'],
  distroless: [(value) => final().distroless(value)],
  'distroless, options': [(value) => final().distroless('static', value), 'undefined'],
  image: [(value) => image(value)],
  context: [(value) => context(value), 'undefined'],
  inline: [(value) => inline(value)],
  run: [(value) => base.run(value)],
  'run, array': [(value) => base.run([value])],
  'run, second': [(value) => base.run('ls', value)],
  'run, mounts': [(value) => run({ mounts: value }), 'undefined'],
  'run, a mount': [(value) => run({ mounts: [value] })],
  'run, devices': [(value) => run({ devices: value }), 'undefined'],
  'mount.cache': [(value) => run({ mounts: [mount.cache(value)] })],
  'mount.cache, options': [(value) => run({ mounts: [mount.cache('/c', value)] }), 'undefined'],
  'mount.cache, from': [(value) => mount.cache('/c', { from: value }), 'undefined'],
  'mount.secret': [(value) => run({ mounts: [mount.secret(value)] })],
  'mount.secret, uid': [(value) => run({ mounts: [mount.secret('s', { uid: value })] }), 'undefined'],
  'mount.secret, required': [(value) => mount.secret('s', { required: value }), 'undefined', 'true'],
  'mount.bind': [(value) => mount.bind(value, { target: '/a' })],
  'mount.bind, options': [(value) => mount.bind(base, value)],
  'mount.ssh': [(value) => mount.ssh(value), 'undefined'],
  'mount.tmpfs': [(value) => mount.tmpfs(value)],
  'mount.tmpfs, size': [(value) => mount.tmpfs('/t', { size: value }), 'undefined'],
  copy: [(value) => base.copy(value, '/d')],
  'copy, list': [(value) => base.copy(['a', value], '/d')],
  'copy, destination': [(value) => base.copy('a', value)],
  'copy, options': [(value) => base.copy('a', '/d', value), 'undefined'],
  'copy, chown': [(value) => base.copy('a', '/d', { chown: value }), 'undefined'],
  'copy, exclude': [(value) => base.copy('a', '/d', { exclude: value }), 'undefined'],
  'copy, link': [(value) => base.copy('a', '/d', { link: value }), 'undefined', 'true'],
  copyFrom: [(value) => base.copyFrom(value, '/a', '/b')],
  'copyFrom, source': [(value) => base.copyFrom(base, value, '/b')],
  add: [(value) => base.add(value, '/d')],
  'add, checksum': [(value) => base.add('a', '/d', { checksum: value }), 'undefined'],
  env: [(value) => base.env('A', value), '-1'],
  'env, pairs': [(value) => base.env(value), 'an unknown option'],
  label: [(value) => base.label('a', value), '-1'],
  arg: [(value) => base.arg(value)],
  'arg, default': [(value) => base.arg('A', value), 'undefined'],
  'arg()': [(value) => arg(value)],
  'arg(), default': [(value) => arg('A', value), 'undefined'],
  workdir: [(value) => base.workdir(value)],
  user: [(value) => base.user(value)],
  expose: [(value) => base.expose(value)],
  volume: [(value) => base.volume(value)],
  cmd: [(value) => base.cmd(value)],
  entrypoint: [(value) => base.entrypoint(value)],
  healthcheck: [(value) => base.healthcheck(value)],
  'healthcheck, options': [(value) => base.healthcheck(['a'], value), 'undefined'],
  shell: [(value) => base.shell(value)],
  stopSignal: [(value) => base.stopSignal(value)],
  onBuild: [(value) => base.onBuild(value)],
  with: [(value) => base.with(value)],
  raw: [(value) => base.with(raw(value))],
  comment: [(value) => base.comment(value)],
  expand: [(value) => expand`a ${value}`, '-1'],
  sh: [(value) => sh`a ${value}`, '-1'],
  'sh, list': [(value) => sh`a ${[value]}`, '-1'],
  script: [(value) => script`a ${value}`, '-1'],
};

const whole: typeof calls = {
  toDockerfile: [(value) => api.toDockerfile(value)],
  'toDockerfile, options': [(value) => api.toDockerfile(base, value), 'undefined'],
  'toDockerfile, profile': [(value) => api.toDockerfile(base, { profile: value }), 'undefined'],
  toJSON: [(value) => api.toJSON(value)],
  fromJSON: [(value) => api.fromJSON(value)],
  toTypeScript: [(value) => api.toTypeScript(value)],
  parseDockerfile: [(value) => api.parseDockerfile(value)],
  fromDockerfile: [(value) => api.fromDockerfile(value)],
  lint: [(value) => api.lint(value)],
  'lint, options': [(value) => api.lint(base, value), 'undefined'],
  evaluate: [(value) => api.evaluate(value)],
  'evaluate, options': [(value) => api.evaluate(base, value), 'undefined'],
};

/** The mistakes that `call` lets through, and errors that are not ours. */
function missed(call: (value: unknown) => unknown, placed: boolean): readonly string[] {
  return Object.entries(mistakes).flatMap(([name, value]) => {
    try {
      call(value);
      return [name];
    } catch (error) {
      if (!isStagecraftError(error)) return [`${name}: ${String(error)}`];
      return placed && error.where === undefined ? [`${name}: no place`] : [];
    }
  });
}

describe('plain JavaScript', () => {
  test.each(Object.entries(calls))(
    '%s takes nothing but what it can use, and says where',
    (_, [call, ...legal]) => {
      expect(missed(call, true)).toEqual(legal);
    },
  );

  test.each(Object.entries(whole))('%s takes nothing but what it can use', (_, [call, ...legal]) => {
    expect(missed(call, false)).toEqual(legal);
  });

  test('is told what is wrong and what to do', () => {
    const said = (act: () => unknown): string => {
      try {
        return String(act());
      } catch (error) {
        return isStagecraftError(error) ? `${error.message} ${error.hint}` : String(error);
      }
    };
    expect(said(() => base.workdir(undefined))).toBe(
      'The path of WORKDIR must be text or expand`…`, not undefined. Check where the value comes from.',
    );
    expect(said(() => run({ mount: [] }))).toBe('There is no option "mount" for run. Did you mean "mounts"?');
    expect(said(() => api.toDockerfile(base, { profile: 'clasic' }))).toBe(
      'The option "profile" of toDockerfile must be "modern" or "buildkit" or "classic", not "clasic". Did you mean "classic"?',
    );
    expect(said(() => base.with(() => undefined))).toBe(
      'The function given to with returned no stage. Return what the last call in it returns.',
    );
  });
});
