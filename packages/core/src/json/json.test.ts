import { expect, test } from 'vitest';
import { arg, expand, final, image, inline, mount, script, stage } from '../builder/index.ts';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import { toDockerfile } from '../to-dockerfile.ts';
import { fromJSON } from './from-json.ts';
import { toJSON } from './to-json.ts';

const version = arg('V', expand`1.${arg('MINOR', '2')}`);
const builder = stage('builder')
  .from(expand`golang:${version}`, { platform: expand`${arg('BUILDPLATFORM')}` })
  .run(script`make`, {
    mounts: [mount.cache('/c', { sharing: 'locked' }), mount.secret('s')],
    network: 'none',
  })
  .copy(inline('x'), '/x', { chmod: '0644' })
  .onBuild((on) => on.copy('.', '/app'));
const target = final()
  .from(builder)
  .copyFrom(builder, ['/a', '/b'], '/c', { chown: 65_532, exclude: '*.md' })
  .copyFrom(image('nginx:1.30'), '/a', '/b')
  .env({ A: '1', B: expand`${version}` })
  .healthcheck(['/x'], { interval: '5s', retries: 3 })
  .comment('why')
  .user(1)
  .allow('root-user', 'a test');

test('a graph survives the way through JSON', () => {
  const restored = fromJSON(JSON.parse(JSON.stringify(toJSON(target))));
  expect(restored.toNode()).toEqual(target.toNode());
  expect(toJSON(restored)).toEqual(toJSON(target));
  expect(toDockerfile(restored)).toBe(toDockerfile(target));
});

test('stages that are shared stay shared', () => {
  const restored = fromJSON(toJSON(target));
  expect(toDockerfile(restored).match(/^FROM/gmu)).toHaveLength(2);
});

test('a restored stage can be extended', () => {
  expect(toDockerfile(fromJSON(toJSON(target)).stopSignal(15))).toContain('STOPSIGNAL 15');
});

test.each([
  ['no graph', {}, ''],
  ['another version', { ...toJSON(target), schemaVersion: 2 }, 'schemaVersion'],
  [
    'a reference to a later stage',
    {
      schemaVersion: 1,
      target: 0,
      stages: [
        { kind: 'Stage', from: { kind: 'From', base: { kind: 'stage', stage: 5 } }, instructions: [] },
      ],
    },
    'stages',
  ],
  [
    'an unknown field',
    {
      schemaVersion: 1,
      target: 0,
      stages: [
        {
          kind: 'Stage',
          from: { kind: 'From', base: { kind: 'image', image: 'x' }, extra: 1 },
          instructions: [],
        },
      ],
    },
    'stages.0.from',
  ],
])('%s is refused, naming the place', (_name, document, path) => {
  try {
    fromJSON(document);
  } catch (error) {
    expect(isStagecraftError(error) && error.code).toBe('config-rejected');
    expect(String(error)).toContain(`at "${path}`);
    return;
  }
  throw new Error('Nothing was thrown.');
});
