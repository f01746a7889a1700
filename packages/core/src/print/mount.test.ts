import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import { createRun } from '../ast/run.ts';
import { createExpansion } from '../ast/word.ts';

const run = (...mounts: readonly (Mount | RawMount)[]) =>
  createRun({ command: { form: 'exec', argv: ['x'] }, mounts });

test.each<readonly [Mount | RawMount, string]>([
  [{ type: 'bind', target: '/t' }, 'type=bind,target=/t'],
  [
    { type: 'bind', from: { kind: 'name', name: 'b' }, source: '/s', target: '/t', readOnly: false },
    'type=bind,from=b,source=/s,target=/t,readwrite',
  ],
  [
    { type: 'bind', from: { kind: 'image', image: 'a:1' }, target: '/t', readOnly: true },
    'type=bind,from=a:1,target=/t,readonly',
  ],
  [{ type: 'bind', source: 'a b', target: '/t u' }, '"type=bind,source=a b,target=/t u"'],
  [
    { type: 'bind', source: 'say "x"', target: '/t' },
    String.raw`"type=bind,\"source=say \\\"\"x\\\"\"\",target=/t"`,
  ],
  [{ type: 'bind', source: 'a,b', target: '/t' }, String.raw`"type=bind,\"source=a,b\",target=/t"`],
  [{ type: 'cache', target: '/c' }, 'type=cache,target=/c'],
  [
    {
      type: 'cache',
      id: 'k',
      target: '/c',
      sharing: 'locked',
      mode: '0755',
      uid: '1',
      gid: '2',
      readOnly: true,
    },
    'type=cache,id=k,target=/c,sharing=locked,readonly,mode=0755,uid=1,gid=2',
  ],
  [{ type: 'cache', target: '/$x', id: '$y' }, String.raw`"type=cache,id=\\$y,target=/\\$x"`],
  [{ type: 'cache', target: '/a\\b', id: 'q' }, String.raw`"type=cache,id=q,target=/a\\\\b"`],
  [
    { type: 'cache', target: '/c', id: createExpansion(['go-', { kind: 'Variable', name: 'TARGETARCH' }]) },
    'type=cache,id=go-${TARGETARCH},target=/c',
  ],
  [{ type: 'tmpfs', target: '/t' }, 'type=tmpfs,target=/t'],
  [{ type: 'tmpfs', target: '/t', size: '10m' }, 'type=tmpfs,target=/t,size=10m'],
  [{ type: 'secret', id: 's', required: true }, 'type=secret,id=s,required=true'],
  [
    {
      type: 'secret',
      id: 's',
      target: '/run/x',
      mode: '0400',
      uid: '1',
      gid: '2',
      required: false,
      env: 'TOKEN',
    },
    'type=secret,id=s,target=/run/x,mode=0400,uid=1,gid=2,required=false,env=TOKEN',
  ],
  [{ type: 'ssh' }, 'type=ssh'],
  [
    { type: 'ssh', id: 'k', target: '/s', required: true, mode: '0600' },
    'type=ssh,id=k,target=/s,mode=0600,required=true',
  ],
  [{ type: 'raw', text: 'type=cache,target=$X,"a,b"' }, String.raw`"type=cache,target=$X,\"a,b\""`],
])('writes %j', (mount, text) => {
  expect(printed(run(mount), { lineWidth: 1000 })).toBe(`RUN --mount=${text} ["x"]`);
});

test('puts several mounts on lines of their own', () => {
  const mounts: Mount[] = [{ type: 'ssh' }, { type: 'cache', target: '/c' }];
  expect(printed(run(...mounts))).toBe(
    'RUN --mount=type=ssh \\\n    --mount=type=cache,target=/c \\\n    ["x"]',
  );
});

test.each<readonly [Mount | RawMount, string]>([
  [{ type: 'bind' }, 'A bind mount has no target.'],
  [{ type: 'cache', target: '/' }, '"/" cannot be the target of a mount.'],
  [{ type: 'cache', target: '/a/../.' }, '"/a/../." cannot be the target of a mount.'],
  [
    { type: 'cache', target: '/é' },
    'The mount target "/é" holds a character that is not ASCII, which BuildKit corrupts in a flag.',
  ],
  [
    { type: 'cache', target: '/a\nb' },
    String.raw`The mount target "/a\nb" holds a line break, which a Dockerfile cannot express there.`,
  ],
  [{ type: 'secret' }, 'A secret mount has no id.'],
  [{ type: 'secret', id: 'a', source: 'b' }, 'A secret mount has an id and a source.'],
  [{ type: 'secret', id: 'a', sharing: 'locked' }, 'A secret mount cannot have "sharing".'],
  [{ type: 'bind', target: '/t', required: true }, 'A bind mount cannot have "required".'],
  [{ type: 'ssh', source: 'x' }, 'A ssh mount cannot have "source".'],
  [
    { type: 'bind', target: '/t', from: { kind: 'name', name: '$X' } },
    'The mount from holds a variable, and variables are not expanded there.',
  ],
  [
    { type: 'raw', text: 'a\nb' },
    String.raw`The --mount value "a\nb" holds a line break, which a Dockerfile cannot express there.`,
  ],
])('refuses %j', (mount, message) => {
  expect(refusals(run(mount))).toContain(message);
});
