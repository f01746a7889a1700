import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** How a registry wants to be logged in to. */
export type RegistryLogin =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic' | 'bearer'; readonly username: string; readonly password: string };

/** A registry of just enough to push to and pull from, which remembers what it was told. */
export interface TestRegistry {
  readonly socketPath: string;
  /** Every `Authorization` header that came in. */
  readonly authorizations: readonly string[];
  readonly manifests: ReadonlyMap<string, Buffer>;
  /** The address under which engines reach it, for the token service's own links. */
  setAddress(address: string): void;
  put(repository: string, tag: string, image: MinimalImage): void;
  close(): Promise<void>;
}

export interface MinimalImage {
  readonly config: Buffer;
  readonly layer: Buffer;
  /** Digest of the uncompressed layer; the same as the layer's for a plain one. */
  readonly manifest: Buffer;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

interface Store {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, Buffer>;
  readonly types: Map<string, string>;
  readonly uploads: Map<string, Buffer>;
}

export async function startRegistry(login: RegistryLogin): Promise<TestRegistry> {
  const store: Store = { blobs: new Map(), manifests: new Map(), types: new Map(), uploads: new Map() };
  const authorizations: string[] = [];
  const token = randomBytes(12).toString('hex');
  let address = '';
  const server: Server = createServer((request, response) => {
    const header = request.headers.authorization;
    if (header !== undefined) authorizations.push(header);
    const url = new URL(request.url ?? '/', 'http://registry');
    if (url.pathname === '/token') {
      giveToken(request, response, login, token);
      return;
    }
    if (!isAllowed(header, login, token)) {
      challenge(response, login, address);
      return;
    }
    answer(request, response, url, store).catch(() => response.destroy());
  });
  const socketPath = `/tmp/stagecraft-registry-${randomBytes(6).toString('hex')}.sock`;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    authorizations,
    manifests: store.manifests,
    setAddress: (value) => {
      address = value;
    },
    put(repository, tag, image) {
      store.blobs.set(digestOf(image.config), image.config);
      store.blobs.set(digestOf(image.layer), image.layer);
      for (const reference of [tag, digestOf(image.manifest)]) {
        store.manifests.set(`${repository}:${reference}`, image.manifest);
        store.types.set(`${repository}:${reference}`, manifestType);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(socketPath, { force: true });
    },
  };
}

/** An image with nothing but an empty layer. */
export function minimalImage(): MinimalImage {
  const layer = Buffer.alloc(1024);
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Env: ['FROM_REGISTRY=yes'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created: '2020-01-01T00:00:00Z' }],
    }),
  );
  const describe = (mediaType: string, content: Buffer): object => ({
    mediaType,
    size: content.length,
    digest: digestOf(content),
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: describe('application/vnd.docker.container.image.v1+json', config),
      layers: [describe('application/vnd.docker.image.rootfs.diff.tar', layer)],
    }),
  );
  return { config, layer, manifest };
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function isAllowed(header: string | undefined, login: RegistryLogin, token: string): boolean {
  if (login.kind === 'none') return true;
  return header === (login.kind === 'bearer' ? `Bearer ${token}` : basic(login.username, login.password));
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function challenge(response: ServerResponse, login: RegistryLogin, address: string): void {
  const value =
    login.kind === 'bearer' ? `Bearer realm="http://${address}/token",service="test"` : 'Basic realm="test"';
  response.writeHead(401, { 'www-authenticate': value, 'content-type': 'application/json' });
  response.end('{"errors":[{"code":"UNAUTHORIZED","message":"log in first"}]}');
}

function giveToken(
  request: IncomingMessage,
  response: ServerResponse,
  login: RegistryLogin,
  token: string,
): void {
  const allowed =
    login.kind !== 'none' && request.headers.authorization === basic(login.username, login.password);
  response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
  response.end(allowed ? JSON.stringify({ token, expires_in: 300 }) : '{"errors":[{"code":"UNAUTHORIZED"}]}');
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  store: Store,
): Promise<void> {
  const path = url.pathname;
  const body = await readBody(request);
  const manifest = /^\/v2\/(.+)\/manifests\/(.+)$/u.exec(path);
  const blob = /^\/v2\/.+\/blobs\/(sha256:[a-f\d]+)$/u.exec(path);
  const upload = /^\/v2\/(.+)\/blobs\/uploads\/(.*)$/u.exec(path);
  if (path === '/v2/' || path === '/v2') response.writeHead(200).end('{}');
  else if (manifest !== null) manifestCall(request, response, `${manifest[1]}:${manifest[2]}`, body, store);
  else if (upload !== null)
    uploadCall(request, response, url, upload[1] as string, upload[2] as string, body, store);
  else if (blob !== null)
    send(response, request, store.blobs.get(blob[1] as string), 'application/octet-stream');
  else response.writeHead(404).end();
}

function manifestCall(
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  body: Buffer,
  store: Store,
): void {
  if (request.method !== 'PUT') {
    send(response, request, store.manifests.get(key), store.types.get(key) ?? manifestType);
    return;
  }
  const byDigest = key.replace(/:[^:/]+$/u, `:${digestOf(body)}`);
  for (const name of [key, byDigest]) {
    store.manifests.set(name, body);
    store.types.set(name, request.headers['content-type'] ?? manifestType);
  }
  response.writeHead(201, { 'docker-content-digest': digestOf(body) }).end();
}

function uploadCall(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  repository: string,
  id: string,
  body: Buffer,
  store: Store,
): void {
  if (request.method === 'POST') {
    const fresh = randomBytes(8).toString('hex');
    store.uploads.set(fresh, Buffer.alloc(0));
    response.writeHead(202, { location: `/v2/${repository}/blobs/uploads/${fresh}`, range: '0-0' }).end();
    return;
  }
  const content = Buffer.concat([store.uploads.get(id) ?? Buffer.alloc(0), body]);
  store.uploads.set(id, content);
  if (request.method === 'PATCH') {
    response
      .writeHead(202, { location: `/v2/${repository}/blobs/uploads/${id}`, range: `0-${content.length - 1}` })
      .end();
    return;
  }
  const digest = digestOf(content);
  const isWhole = digest === url.searchParams.get('digest');
  if (isWhole) store.blobs.set(digest, content);
  response.writeHead(isWhole ? 201 : 400, { 'docker-content-digest': digest }).end();
}

function send(
  response: ServerResponse,
  request: IncomingMessage,
  content: Buffer | undefined,
  type: string,
): void {
  if (content === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"NOT_FOUND"}]}');
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'content-length': content.length,
    'docker-content-digest': digestOf(content),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
