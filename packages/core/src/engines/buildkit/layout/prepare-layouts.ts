import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { CacheSource, CacheTarget } from '../../../build/cache.ts';
import type { OciLayout } from '../../../build/context-source.ts';
import type { BuildRequest } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { type BlobStore, openBlobStore } from './blob-store.ts';
import { findManifest, nameManifest, readDescriptor } from './layout-index.ts';

/** The directories in OCI image layout that a build reads and writes here. */
export interface Layouts {
  /** The request, with the digests that tags stand for. A cache that is not there yet has none. */
  readonly request: BuildRequest;
  /** By the name the engine asks with. */
  readonly stores: ReadonlyMap<string, BlobStore>;
  readonly warnings: readonly string[];
  /** Names the caches that were written in their indexes. Throws `result-missing` for one that never came. */
  finish(answer: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

type LocalSource = Extract<CacheSource, { readonly type: 'local' }>;
type LocalTarget = Extract<CacheTarget, { readonly type: 'local' }>;

/** The tag of a layout that names none. */
export const usualTag = 'latest';
/** Where the exporter of a cache says what it wrote. */
const manifestKey = 'cache.manifest';

/** What the engine calls a directory here: it has no need to know its path. */
export function layoutId(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 32);
}

/** Looks up what a build needs of layouts on this machine. A context that is not there has no digest. */
export async function prepareLayouts(request: BuildRequest): Promise<Layouts> {
  const { cacheFrom = [], cacheTo = [] } = request.options;
  const stores = new Map<string, BlobStore>();
  const warnings: string[] = [];
  const sources: CacheSource[] = [];
  for (const source of cacheFrom) {
    const digest = source.type === 'local' ? await digestOf(source) : undefined;
    if (source.type !== 'local' || digest === undefined) sources.push(source);
    else {
      sources.push({ ...source, digest });
      addStore(stores, 'local', source.path);
    }
    if (source.type === 'local' && digest === undefined) {
      warnings.push(`There is no cache in "${source.path}" yet.`);
    }
  }
  const targets = cacheTo.filter((target): target is LocalTarget => target.type === 'local');
  for (const { path } of targets) addStore(stores, 'local', path);
  const namedContexts: Record<string, BuildRequest['namedContexts'][string]> = {};
  for (const [name, context] of Object.entries(request.namedContexts)) {
    namedContexts[name] = 'layout' in context ? await resolveLayout(context) : context;
    if ('layout' in context) addStore(stores, 'oci', context.layout);
  }
  return {
    request: { ...request, namedContexts, options: { ...request.options, cacheFrom: sources } },
    stores,
    warnings,
    finish: async (answer) => {
      for (const target of targets) await nameCache(target, answer);
    },
    close: async () => {
      await Promise.all([...stores.values()].map((store) => store.close()));
    },
  };
}

function addStore(stores: Map<string, BlobStore>, kind: 'local' | 'oci', path: string): void {
  const key = `${kind}:${layoutId(path)}`;
  if (!stores.has(key)) stores.set(key, openBlobStore(path));
}

async function digestOf({ path, digest, tag = usualTag }: LocalSource): Promise<string | undefined> {
  return digest ?? (await findManifest(path, tag))?.digest;
}

async function resolveLayout(context: OciLayout): Promise<OciLayout> {
  const { layout, tag = usualTag } = context;
  const digest = context.digest ?? (await findManifest(layout, tag))?.digest;
  return digest === undefined ? context : { ...context, digest };
}

async function nameCache(target: LocalTarget, answer: Readonly<Record<string, string>>): Promise<void> {
  const written = parse(answer[manifestKey]);
  if (written !== undefined) await nameManifest(target.path, target.tag ?? usualTag, written);
  else if (target.ignoreError !== true) {
    throw new StagecraftError('result-missing', `The engine did not say what it wrote to "${target.path}".`, {
      hint: 'The image is whole; build again for the cache, or write it to a registry.',
    });
  }
}

function parse(text: string | undefined): ReturnType<typeof readDescriptor> {
  try {
    return text === undefined ? undefined : readDescriptor(JSON.parse(text));
  } catch {
    return undefined;
  }
}
