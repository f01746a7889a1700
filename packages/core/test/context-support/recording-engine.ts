import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the docker CLI did with one directory. */
export interface CliBuild {
  readonly exitCode: number;
  readonly stderr: string;
  /** The tar it sent; undefined when it never asked for a build. */
  readonly tar: Buffer | undefined;
}

/** A fake Engine on a unix socket that keeps the context of every classic build that it is sent. */
export interface RecordingEngine {
  readonly host: string;
  /** `docker build` with the classic builder; `directory` is the context. */
  build(directory: string, flags?: readonly string[]): Promise<CliBuild>;
  /** Takes the context of a build under this tag that someone else sent. */
  take(tag: string): Buffer | undefined;
  close(): Promise<void>;
}

const imageId = `sha256:${'1'.repeat(64)}`;

export async function startRecordingEngine(): Promise<RecordingEngine> {
  const home = mkdtempSync(join(tmpdir(), 'stagecraft-engine-'));
  writeFileSync(join(home, 'config.json'), '{}');
  const socketPath = join(home, 'engine.sock');
  const tars = new Map<string, Buffer>();
  const server = createServer((request, response) => void answer(request, response, tars));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const host = `unix://${socketPath}`;
  let count = 0;
  const take = (tag: string): Buffer | undefined => {
    const tar = tars.get(tag);
    tars.delete(tag);
    return tar;
  };
  return {
    host,
    async build(directory, flags = []) {
      count += 1;
      const tag = `recorded:${count}`;
      const result = await runCli(host, home, ['build', '-t', tag, ...flags, directory]);
      return { ...result, tar: take(tag) };
    },
    take,
    close: () => close(server, home),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, tars: Map<string, Buffer>) {
  const url = new URL(request.url ?? '/', 'http://engine');
  response.setHeader('Api-Version', '1.41');
  response.setHeader('Ostype', 'linux');
  if (!url.pathname.endsWith('/build')) {
    request.resume();
    const details = JSON.stringify({ Version: '26.1.5', Id: imageId });
    response.end(url.pathname.endsWith('/_ping') ? 'OK' : details);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  tars.set(url.searchParams.get('t') ?? '', Buffer.concat(chunks));
  response.setHeader('Content-Type', 'application/json');
  response.write(`${JSON.stringify({ aux: { ID: imageId } })}\n`);
  response.end('{"stream":"Successfully built 0123456789ab\\n"}\n');
}

function runCli(host: string, home: string, args: readonly string[]): Promise<Omit<CliBuild, 'tar'>> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      env: {
        PATH: process.env['PATH'],
        DOCKER_HOST: host,
        DOCKER_CONFIG: home,
        DOCKER_BUILDKIT: '0',
        HOME: home,
        // A short-lived program is fastest without helpers: one thread, no garbage collection.
        GOMAXPROCS: '1',
        GOGC: 'off',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stderr: Buffer.concat(errors).toString() }));
  });
}

async function close(server: Server, home: string): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true, force: true });
}
