import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The blobs of a directory in OCI image layout. @see https://specs.opencontainers.org/image-spec/image-layout/ */
export interface BlobStore {
  /** Undefined where there is no such blob. */
  sizeOf(digest: string): Promise<number | undefined>;
  read(digest: string, range: { readonly offset: number; readonly size: number }): AsyncIterable<Uint8Array>;
  /** A blob that is being written under this name, begun when it is not. */
  ingest(name: string): Promise<Ingest>;
  /** What is being written under this name. */
  find(name: string): Ingest | undefined;
  /** Removes what was begun and never committed. */
  close(): Promise<void>;
}

/** A blob that has no name of its own yet. */
export interface Ingest {
  readonly bytes: number;
  digest(): string;
  append(data: Uint8Array): Promise<void>;
  /** Gives the blob its name, once it is whole and on disk. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Other names could lead out of the directory. */
export function isBlobDigest(digest: string): boolean {
  return /^sha256:[a-f\d]{64}$/u.test(digest);
}

/** Nothing is made on disk before something is written. */
export function openBlobStore(directory: string): BlobStore {
  const blobs = join(directory, 'blobs', 'sha256');
  const ingests = new Map<string, Ingest>();
  const pathOf = (digest: string): string => join(blobs, digest.slice('sha256:'.length));
  const begin = async (name: string): Promise<Ingest> => {
    await mkdir(blobs, { recursive: true });
    const partial = join(blobs, `${randomBytes(8).toString('hex')}.partial`);
    const ingest = createIngest(await open(partial, 'wx'), partial, pathOf, () => ingests.delete(name));
    ingests.set(name, ingest);
    return ingest;
  };
  return {
    async sizeOf(digest) {
      const found = isBlobDigest(digest) ? await stat(pathOf(digest)).catch(() => undefined) : undefined;
      return found?.isFile() ? found.size : undefined;
    },
    async *read(digest, { offset, size }) {
      if (size > 0) yield* createReadStream(pathOf(digest), { start: offset, end: offset + size - 1 });
    },
    ingest: async (name) => ingests.get(name) ?? begin(name),
    find: (name) => ingests.get(name),
    async close() {
      await Promise.all([...ingests.values()].map((ingest) => ingest.discard()));
    },
  };
}

function createIngest(
  file: FileHandle,
  partial: string,
  pathOf: (digest: string) => string,
  onEnd: () => void,
): Ingest {
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  const digest = (): string => `sha256:${hash.copy().digest('hex')}`;
  return {
    get bytes() {
      return bytes;
    },
    digest,
    async append(data) {
      await file.writeFile(data);
      hash.update(data);
      bytes += data.length;
    },
    async commit() {
      onEnd();
      await file.sync();
      await file.close();
      await rename(partial, pathOf(digest()));
    },
    async discard() {
      onEnd();
      await file.close();
      await rm(partial, { force: true });
    },
  };
}
