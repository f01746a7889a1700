import { expect, test } from 'vitest';
import { fromOfMount } from '../ast/mount-text.ts';
import { readMount } from './raw-mount.ts';

const asWritten = (value: string): string => value;

test('reads fields in any case, bare words and synonyms', () => {
  expect(readMount('TYPE=cache,dst=/c,ro,Sharing=LOCKED,mode=0700,uid=1', asWritten)).toEqual({
    type: 'cache',
    target: '/c',
    readOnly: true,
    sharing: 'locked',
    mode: 0o700,
    uid: 1,
  });
});

test('quoted fields keep commas and quotes', () => {
  expect(readMount('"source=a,""b""",target=/t', asWritten)).toEqual({
    type: 'bind',
    source: 'a,"b"',
    target: '/t',
  });
});

test('values are expanded before they are read', () => {
  expect(
    readMount('type=$T,size=$S,target=/t', (value) => ({ $T: 'tmpfs', $S: '1.5k' })[value] ?? value),
  ).toEqual({
    type: 'tmpfs',
    size: 1536,
    target: '/t',
  });
});

test.each([
  ['', 'empty'],
  [',', 'has no value'],
  ['type=', 'mount type'],
  ['type=cach', 'mount type'],
  ['bogus=1', 'no mount option'],
  ['constructor=1', 'no mount option'],
  ['target', 'has no value'],
  ['type=bind,size=1', 'size'],
  ['required,type=secret', 'required'],
  ['type=cache,sharing=x', 'sharing'],
  ['type=cache,uid=-1', 'uid'],
  ['type=bind,mode=7', 'mode'],
  ['type=secret', 'no secret'],
  ['type=secret,id=a,source=b', '"id"'],
  ['type=secret,id=a,from=b', '"from"'],
  ['target=a"b', "don't add up"],
  ['"target=a', "don't add up"],
  ['ro=maybe', 'readonly'],
])('the mount "%s" is refused', (text, reason) => {
  expect(() => readMount(text, asWritten)).toThrow(reason);
});

test('finds where a mount comes from without reading the rest', () => {
  expect(fromOfMount('type=$T,from=a,target=/t')).toBe('a');
  expect(fromOfMount('from=a,FROM=b')).toBe('b');
  expect(fromOfMount('"x')).toBe('');
});
