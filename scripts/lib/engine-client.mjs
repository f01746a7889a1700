import { request } from 'node:http';

/** @typedef {{ socketPath: string } | { host: string, port: number }} EngineAddress */

/**
 * Reads DOCKER_HOST; without one it is the default local socket.
 * @param {string | undefined} dockerHost
 * @returns {EngineAddress}
 */
export function engineAddress(dockerHost = process.env.DOCKER_HOST) {
  if (!dockerHost) return { socketPath: '/var/run/docker.sock' };
  if (dockerHost.startsWith('unix://')) return { socketPath: dockerHost.slice('unix://'.length) };
  if (!dockerHost.startsWith('tcp://')) {
    throw new Error(
      `DOCKER_HOST "${dockerHost}" is not unix:// or tcp://, which is all these scripts speak.`,
    );
  }
  const url = new URL(dockerHost);
  return { host: url.hostname, port: Number(url.port || 2375) };
}

/**
 * One request to the engine API. Resolves with status and body text.
 * @param {EngineAddress} address
 * @param {{ method?: string, path: string, body?: import('node:stream').Readable, headers?: Record<string, string>, timeoutMs?: number }} call
 * @returns {Promise<{ status: number, text: string }>}
 */
export function callEngine(address, call) {
  return new Promise((resolve, reject) => {
    const message = request(
      {
        ...address,
        method: call.method ?? 'GET',
        path: call.path,
        headers: { ...(call.body && { 'Content-Type': 'application/x-tar' }), ...call.headers },
        timeout: call.timeoutMs ?? 600_000,
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    message.on('error', reject);
    message.on('timeout', () =>
      message.destroy(new Error(`The engine did not answer ${call.path} in time.`)),
    );
    if (!call.body) return message.end();
    call.body.on('error', (error) => message.destroy(error));
    call.body.pipe(message);
  });
}

/**
 * True when an engine answers `_ping` at this address.
 * @param {EngineAddress} address
 */
export async function pingEngine(address) {
  try {
    return (await callEngine(address, { path: '/_ping', timeoutMs: 3_000 })).status === 200;
  } catch {
    return false;
  }
}

/**
 * The engine's version, for example "20.10.24".
 * @param {EngineAddress} address
 * @returns {Promise<string>}
 */
export async function engineVersion(address) {
  const { text } = await callEngine(address, { path: '/version', timeoutMs: 10_000 });
  return JSON.parse(text).Version;
}

/**
 * Id and newest history comment of a local image, or undefined when the engine does not have it.
 * @param {EngineAddress} address
 * @param {string} name
 * @returns {Promise<{ comment: string, id: string } | undefined>}
 */
export async function inspectImage(address, name) {
  const { status, text } = await callEngine(address, { path: `/images/${name}/history` });
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`The engine could not inspect "${name}": ${text.trim()}`);
  const [newest] = JSON.parse(text);
  return { id: newest?.Id ?? '', comment: newest?.Comment ?? '' };
}

/**
 * Loads a `docker save` archive.
 * @param {EngineAddress} address
 * @param {import('node:stream').Readable} archive
 */
export async function loadArchive(address, archive) {
  const { status, text } = await callEngine(address, {
    method: 'POST',
    path: '/images/load?quiet=1',
    body: archive,
  });
  // The engine reports a load that fails half-way inside a 200 answer.
  if (status !== 200 || text.includes('"errorDetail"')) {
    throw new Error(`The engine did not load the archive (${status}): ${text.trim()}`);
  }
}
