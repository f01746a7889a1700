import { request } from 'node:http';

/** The few calls to a Docker daemon with which tests look at what was built. */
export interface DockerApi {
  inspect(image: string): Promise<DockerImage | undefined>;
  history(image: string): Promise<readonly { readonly CreatedBy: string }[]>;
  remove(image: string): Promise<void>;
  /** The archive of `docker save`. */
  save(image: string): Promise<Buffer>;
  load(archive: AsyncIterable<Uint8Array>): Promise<void>;
  version(): Promise<string>;
  /** Forgets every step that was built. */
  prune(): Promise<void>;
}

export interface DockerImage {
  readonly Id: string;
  readonly Config: { readonly Labels?: Readonly<Record<string, string>>; readonly Env?: readonly string[] };
}

export function dockerApi(socketPath: string): DockerApi {
  const call = (method: string, path: string, body?: Buffer): Promise<{ status: number; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': 'application/x-tar', 'content-length': body.length };
      const outgoing = request({ socketPath, method, path, agent: false, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
        response.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const json = async (path: string): Promise<unknown> => {
    const { status, body } = await call('GET', path);
    return status === 200 ? JSON.parse(body.toString('utf8')) : undefined;
  };
  const image = (name: string): string => `/images/${encodeURIComponent(name)}`;
  return {
    inspect: async (name) => (await json(`${image(name)}/json`)) as DockerImage | undefined,
    history: async (name) =>
      ((await json(`${image(name)}/history`)) ?? []) as readonly { readonly CreatedBy: string }[],
    remove: async (name) => void (await call('DELETE', `${image(name)}?force=1`)),
    save: async (name) => (await call('GET', `${image(name)}/get`)).body,
    version: async () => ((await json('/version')) as { Version: string }).Version,
    prune: async () => void (await call('POST', '/build/prune?all=1')),
    async load(archive) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of archive) chunks.push(chunk);
      const { status, body } = await call('POST', '/images/load?quiet=1', Buffer.concat(chunks));
      if (status !== 200) throw new Error(`Loading failed with ${status}: ${body.toString('utf8')}`);
    },
  };
}
