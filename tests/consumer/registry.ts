import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { run } from '../../scripts/lib/run.mjs';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

export interface PackageRegistry {
  /** Line for an `.npmrc`: only our own scope is asked for here, everything else comes from where it always does. */
  readonly npmrc: string;
  close(): void;
}

/** Serves packed packages on a loopback port, as the registry would serve them after publishing. */
export async function serveTarballs(tarballs: readonly string[]): Promise<PackageRegistry> {
  const answers = new Map<string, () => { readonly type: string; readonly body: string | Buffer }>();
  const server = createServer((request, response) => {
    const answer = answers.get(decodeURIComponent(request.url ?? ''))?.();
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  for (const tarball of tarballs) {
    const manifest = await manifestOf(tarball);
    const path = `/tarballs/${basename(tarball)}`;
    const body = readFileSync(tarball);
    answers.set(path, () => ({ type: 'application/octet-stream', body }));
    const document = JSON.stringify(packument(manifest, `${origin}${path}`, body));
    answers.set(`/${manifest.name}`, () => ({ type: 'application/json', body: document }));
  }
  return { npmrc: `@stagecraft:registry=${origin}/\n`, close: () => server.close() };
}

async function manifestOf(tarball: string): Promise<Manifest> {
  const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
  return JSON.parse(stdout);
}

function packument(manifest: Manifest, tarball: string, body: Buffer): object {
  const dist = {
    tarball,
    integrity: `sha512-${createHash('sha512').update(body).digest('base64')}`,
    shasum: createHash('sha1').update(body).digest('hex'),
  };
  // Package managers may refuse what was published a moment ago.
  const published = '2025-01-01T00:00:00.000Z';
  return {
    name: manifest.name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist } },
    time: { created: published, modified: published, [manifest.version]: published },
  };
}
