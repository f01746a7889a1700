import { expect, test } from 'vitest';
import { slim } from './distributions.ts';
import { distroless } from './distroless.ts';
import { launch } from './launch.ts';
import { scratch } from './scratch.ts';
import { runtimeRecords } from './table.ts';

test.each([
  ['a binary', scratch(), { program: '/app' }, { entrypoint: ['/app'], cmd: [] }],
  [
    'distroless node has its interpreter already',
    distroless('nodejs24'),
    { language: 'node', program: 'a.js' },
    { cmd: ['a.js'] },
  ],
  [
    'distroless java starts jars already',
    distroless('java21'),
    { language: 'java', program: 'a.jar' },
    { cmd: ['a.jar'] },
  ],
  [
    'flags of the interpreter need an entrypoint of their own',
    distroless('java21'),
    { language: 'java', program: 'a.jar', flags: ['-Xmx1g'] },
    { entrypoint: ['/usr/bin/java', '-Xmx1g', '-jar'], cmd: ['a.jar'] },
  ],
  [
    'a distribution needs the interpreter',
    slim('node:24-trixie-slim'),
    { language: 'node', program: 'a.js' },
    { entrypoint: ['node'], cmd: ['a.js'] },
  ],
] as const)('%s', (_name, runtime, program, wanted) => {
  expect(launch(runtime, program)).toEqual(wanted);
});

test('every supported distroless image of the table can be used', () => {
  const records = runtimeRecords('distroless').filter(
    ({ deprecated, ref }) => deprecated !== true && ref.endsWith('-debian13'),
  );
  expect(records.length).toBeGreaterThan(10);
  for (const { ref } of records) {
    const name = ref.replace(/^.*\/(.*)-debian13$/u, '$1');
    expect(distroless(name as 'static').image).toBe(`${ref}:nonroot`);
  }
});
