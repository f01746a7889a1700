import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { sshArguments } from './dial-ssh.ts';

describe('engine addresses', () => {
  test.each([
    ['unix:///var/run/docker.sock', { type: 'socket', path: '/var/run/docker.sock' }],
    ['/var/run/docker.sock', { type: 'socket', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { type: 'socket', path: '\\\\.\\pipe\\docker_engine' }],
    ['tcp://127.0.0.1:2375', { type: 'tcp', host: '127.0.0.1', port: 2375, tls: false }],
    ['tcp://engine.example', { type: 'tcp', host: 'engine.example', port: 2375, tls: false }],
    ['https://engine.example', { type: 'tcp', host: 'engine.example', port: 2376, tls: true }],
    ['tcp://[::1]:99', { type: 'tcp', host: '::1', port: 99, tls: false }],
    ['engine.example:2375', { type: 'tcp', host: 'engine.example', port: 2375, tls: false }],
    ['ssh://me@host.example:22', { type: 'ssh', host: 'host.example', user: 'me', port: 22 }],
    ['ssh://host/run/docker.sock', { type: 'ssh', host: 'host', socketPath: '/run/docker.sock' }],
  ])('%s', (text, expected) => {
    expect(parseAddress(text)).toMatchObject(expected);
  });

  test.each([
    ['unix://'],
    ['ftp://host'],
    ['tcp://'],
    ['ssh://-oProxyCommand=x'],
    ['ssh://-x@host'],
    ['tcp://a b'],
  ])('%s is refused', (text) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'invalid-options' }));
  });

  test('a password is refused and never repeated', () => {
    for (const text of ['ssh://me:hunter2@host', 'ftp://me:hunter2@host']) {
      expect(() => parseAddress(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
      );
    }
  });

  test('ssh asks for nothing, checks host keys as it is configured, and gets the host after its options', () => {
    const address = parseAddress('ssh://me@host:2222/run/d.sock');
    if (address.type !== 'ssh') throw new Error('no ssh address');
    const list = sshArguments(address, 2500);
    expect(list.join(' ')).toContain('BatchMode=yes');
    expect(list.join(' ')).not.toContain('StrictHostKeyChecking');
    expect(list.slice(list.indexOf('--'))).toEqual([
      '--',
      'host',
      'docker',
      '--host',
      'unix:///run/d.sock',
      'system',
      'dial-stdio',
    ]);
  });
});
