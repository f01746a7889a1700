import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { writeFileWhole } from '../output/write-file.ts';
import { isBlobDigest } from './blob-store.ts';

/** What an index says of one manifest. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

const refName = 'org.opencontainers.image.ref.name';

/**
 * The manifest that `tag` names in a directory in OCI image layout. Undefined where there is no such directory or tag; throws
 * `invalid-value` where the index can't be read.
 */
export async function findManifest(directory: string, tag: string): Promise<Descriptor | undefined> {
  return (await readIndex(directory)).find(({ annotations }) => annotations?.[refName] === tag);
}

/** Makes `tag` name this manifest, beside what the index holds already. */
export async function nameManifest(directory: string, tag: string, descriptor: Descriptor): Promise<void> {
  const others = (await readIndex(directory)).filter(({ annotations }) => annotations?.[refName] !== tag);
  const named = { ...descriptor, annotations: { ...descriptor.annotations, [refName]: tag } };
  await mkdir(directory, { recursive: true });
  await writeJson(join(directory, 'oci-layout'), { imageLayoutVersion: '1.0.0' });
  await writeJson(join(directory, 'index.json'), { schemaVersion: 2, manifests: [...others, named] });
}

/** Reads a descriptor that an engine or a file wrote; undefined for anything else. */
export function readDescriptor(value: unknown): Descriptor | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { digest, mediaType, size } = value as Partial<Record<keyof Descriptor, unknown>>;
  const isOne = typeof digest === 'string' && isBlobDigest(digest) && typeof mediaType === 'string';
  return isOne && typeof size === 'number' ? (value as Descriptor) : undefined;
}

async function readIndex(directory: string): Promise<readonly Descriptor[]> {
  const path = join(directory, 'index.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  });
  if (text === undefined) return [];
  try {
    const { manifests } = JSON.parse(text) as { readonly manifests?: unknown };
    return Array.isArray(manifests) ? manifests.flatMap((value) => readDescriptor(value) ?? []) : [];
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileWhole(chunk(`${JSON.stringify(value)}\n`), path);
}

async function* chunk(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

function unreadable(path: string, cause: unknown): StagecraftError {
  return new StagecraftError('invalid-value', `The index of the OCI image layout "${path}" can't be read.`, {
    hint: 'Remove the directory, or name one that was written whole.',
    cause,
  });
}
