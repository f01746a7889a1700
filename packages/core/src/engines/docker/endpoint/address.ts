import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** Where an engine listens, taken apart. */
export type EngineAddress =
  | { readonly type: 'socket'; readonly path: string; readonly describe: string }
  | {
      readonly type: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly describe: string;
    }
  | {
      readonly type: 'ssh';
      readonly host: string;
      readonly port?: number;
      readonly user?: string;
      /** Socket on the other machine, when it isn't the default one. */
      readonly socketPath?: string;
      readonly describe: string;
    };

const defaultPorts = { plain: 2375, tls: 2376 };

/** Reads `unix:`, `npipe:`, `tcp:`, `http:`, `https:` and `ssh:` addresses as the docker command writes them. */
export function parseAddress(text: string): EngineAddress {
  const scheme = /^([a-z]+):\/\//u.exec(text)?.[1];
  if (scheme === 'unix') return socketAddress(text, text.slice('unix://'.length));
  if (scheme === 'npipe') return socketAddress(text, text.slice('npipe://'.length).replaceAll('/', '\\'));
  if (scheme === undefined && text.startsWith('/')) return socketAddress(`unix://${text}`, text);
  const url = parseUrl(scheme === undefined ? `tcp://${text}` : text);
  if (url.protocol === 'ssh:') return sshAddress(url);
  if (url.protocol !== 'tcp:' && url.protocol !== 'http:' && url.protocol !== 'https:')
    throw unknownAddress(text);
  return tcpAddress(url);
}

function socketAddress(describe: string, path: string): EngineAddress {
  if (path === '') throw unknownAddress(describe);
  return { type: 'socket', path, describe };
}

function tcpAddress(url: URL): EngineAddress {
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? defaultPorts.tls : defaultPorts.plain) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (host === '') throw unknownAddress(url.href);
  return { type: 'tcp', host, port, tls, describe: `${url.protocol}//${url.hostname}:${port}` };
}

function sshAddress(url: URL): EngineAddress {
  const user = decodeURIComponent(url.username);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (url.password !== '') {
    throw new StagecraftError(
      'invalid-options',
      `An ssh address can't carry a password: "ssh://${user}@${host}".`,
      {
        hint: 'Use a key: the system ssh client is run without a terminal and asks for nothing.',
      },
    );
  }
  // A leading dash would be read as an option of ssh.
  if (host === '' || host.startsWith('-') || user.startsWith('-')) throw unknownAddress(url.href);
  const path = url.pathname === '/' ? '' : url.pathname;
  return {
    type: 'ssh',
    host,
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(user !== '' && { user }),
    ...(path !== '' && { socketPath: path }),
    describe: `ssh://${user === '' ? '' : `${user}@`}${url.host}${path}`,
  };
}

function parseUrl(text: string): URL {
  try {
    // The URL parser knows no default host rules for tcp and ssh, so it keeps host, port and path as they are.
    return new URL(text);
  } catch {
    throw unknownAddress(text);
  }
}

function unknownAddress(text: string): StagecraftError {
  const shown = text.replace(/\/\/[^@/]*@/u, '//');
  return new StagecraftError('invalid-options', `The engine address "${shown}" can't be read.`, {
    hint: 'Use for example "unix:///var/run/docker.sock", "tcp://127.0.0.1:2375" or "ssh://user@host".',
  });
}
