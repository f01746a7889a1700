import { expect, test } from 'vitest';
import { isSignal } from '../util/signals.ts';
import { parseDuration } from './durations.ts';
import { parseMode, parseOwner } from './ownership.ts';
import { cleanPath, resolvePath } from './paths.ts';
import { parsePorts } from './ports.ts';
import { fileNameOf, sourceKind } from './remote-source.ts';

test.each([
  ['80', ['80/tcp']],
  ['80-82/UDP', ['80/udp', '81/udp', '82/udp']],
  ['8080:80', ['80/tcp']],
  ['127.0.0.1:1:2/sctp', ['2/sctp']],
  ['[::1]:1:2', ['2/tcp']],
  ['8000-8010:80', ['80/tcp']],
])('EXPOSE %s is %j', (text, ports) => {
  expect(parsePorts(text)).toEqual(ports);
});

test.each(['', 'foo', '80/bad', '70000', '82-80', '1-3:1-2', '1.2.3:1:2', '/tcp', '80-'])(
  'EXPOSE "%s" is refused',
  (text) => {
    expect(() => parsePorts(text)).toThrow('EXPOSE');
  },
);

test('signals are numbers or names', () => {
  expect(['9', 'term', 'SIGTERM', 'RTMIN+15', 'sigrtmax-14'].every(isSignal)).toBe(true);
  expect(['0', '', 'BAD', 'RTMIN+16', 'SIGSIGTERM'].some(isSignal)).toBe(false);
});

test.each([
  ['1h30m', 5400e9],
  ['300ms', 3e8],
  ['1.5s', 15e8],
  ['0', 0],
  ['2us', 2000],
  ['-1s', -1e9],
])('the duration %s is %d nanoseconds', (text, nanoseconds) => {
  expect(parseDuration(text)).toBe(nanoseconds);
});

test.each(['5', '', '1x', 's', '1 s', '1s1'])('the duration "%s" is refused', (text) => {
  expect(() => parseDuration(text)).toThrow('duration');
});

test('owners and modes are normalized', () => {
  expect(['1:2', '0', ':', 'root:x', '007'].map(parseOwner)).toEqual(['1:2', '0:', '0:0', '0:x', '7:']);
  expect(['644', '0755', 'u=rwX,go=rX', 'a+x'].map(parseMode)).toEqual([
    { mode: '0644' },
    { mode: '0755' },
    { modeStr: 'u=rwX,go=rX' },
    { modeStr: 'a+x' },
  ]);
  expect(() => parseMode('999')).toThrow('mode');
  expect(() => parseMode('77777')).toThrow('mode');
});

test('paths resolve as in a working directory', () => {
  expect(resolvePath('/a', 'b', 'linux')).toBe('/a/b');
  expect(resolvePath('/a', '../..', 'linux')).toBe('/');
  expect(resolvePath('/a', '/b//c/.', 'linux')).toBe('/b//c/.');
  expect(resolvePath('/a', './', 'linux', true)).toBe('/a/');
  expect(resolvePath('/a', 'b/.', 'linux', true)).toBe('/a/b/.');
  expect(resolvePath('', String.raw`C:\x\y`, 'windows')).toBe('/x/y');
  expect(() => resolvePath('', 'D:/x', 'windows')).toThrow('system drive');
  expect(cleanPath('a/../../b//./c/')).toBe('../b/c');
});

test('sources are told apart', () => {
  expect(sourceKind('https://example.com/a.git#main')).toBe('git');
  expect(sourceKind('https://example.com/a.git?x')).toBe('git');
  expect(sourceKind('git@example.com:a/b')).toBe('git');
  expect(sourceKind('https://example.com/x?f=a.git')).toBe('url');
  expect(sourceKind('a@b/c')).toBe('path');
  expect(fileNameOf('https://example.com/a%20b/c.txt?x=1')).toBe('c.txt');
  expect(fileNameOf('https://example.com/')).toBe('__unnamed__');
});
