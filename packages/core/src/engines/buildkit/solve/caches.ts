import type { CacheSource, CacheTarget } from '../../../build/cache.ts';
import type { BuildEngineOptions } from '../../../build/request.ts';
import { layoutId } from '../layout/prepare-layouts.ts';
import type { Capabilities } from './capabilities.ts';
import { unsupported } from './unsupported.ts';
import { isAtLeast } from './versions.ts';

/** A cache as the engine takes it. */
export interface CacheEntry {
  readonly type: string;
  readonly attrs: Record<string, string>;
}

export interface CachePlan {
  readonly imports: CacheEntry[];
  readonly exports: CacheEntry[];
}

export function planCaches(
  options: BuildEngineOptions,
  capabilities: Capabilities,
  engine: string,
): CachePlan {
  const sources = options.cacheFrom ?? [];
  const targets = options.cacheTo ?? [];
  for (const { type } of sources) refuseCache('reading', type, type === 'registry', capabilities, engine);
  for (const { type } of targets) refuseCache('writing', type, type === 'inline', capabilities, engine);
  if (targets.length > 1 && !isAtLeast(capabilities.version, 0, 11)) {
    throw unsupported('several caches to write', engine, 'BuildKit 0.11 (Docker 24)');
  }
  const there = sources.filter((source) => source.type !== 'local' || source.digest !== undefined);
  return { imports: there.map(importEntry), exports: targets.map(exportEntry) };
}

/** The credentials among the options of caches, for the redactor: an engine may say them again in an error. */
export function secretsOfCaches({ cacheFrom = [], cacheTo = [] }: BuildEngineOptions): readonly string[] {
  return [...cacheFrom, ...cacheTo]
    .flatMap((cache) => {
      if (cache.type === 'gha') return [cache.token];
      return cache.type === 's3' ? [cache.secretAccessKey, cache.sessionToken] : [];
    })
    .filter((secret) => secret !== undefined);
}

// A daemon with the graph store knows the cache inside images only, and fails late on the others.
function refuseCache(
  verb: string,
  type: string,
  everywhere: boolean,
  capabilities: Capabilities,
  engine: string,
): void {
  if (everywhere) return;
  const since = 'Docker 24 with the containerd image store, or BuildKit on its own';
  if (capabilities.store === 'docker-graph')
    throw unsupported(`${verb} a cache of type "${type}"`, engine, since);
}

function importEntry(source: CacheSource): CacheEntry {
  if (source.type === 'registry') {
    return entry('registry', { ref: source.reference, 'registry.insecure': flag(source.insecure) });
  }
  if (source.type === 'local') return entry('local', { src: layoutId(source.path), digest: source.digest });
  return storeEntry(source, {});
}

function exportEntry(target: CacheTarget): CacheEntry {
  if (target.type === 'inline') return entry('inline', {});
  const common = { mode: target.mode, 'ignore-error': flag(target.ignoreError) };
  if (target.type === 'registry') {
    return entry('registry', {
      ...common,
      ref: target.reference,
      'registry.insecure': flag(target.insecure),
      'image-manifest': flag(target.imageManifest),
      'oci-mediatypes': flag(target.ociMediaTypes),
    });
  }
  if (target.type === 'local') return entry('local', { ...common, dest: layoutId(target.path) });
  return storeEntry(target, common);
}

type StoreCache = Extract<CacheSource, { readonly type: 'gha' | 's3' }>;

function storeEntry(cache: StoreCache, common: Readonly<Record<string, string | undefined>>): CacheEntry {
  if (cache.type === 'gha') {
    return entry('gha', { ...common, scope: cache.scope, url: cache.url, token: cache.token });
  }
  return entry('s3', {
    ...common,
    region: cache.region,
    bucket: cache.bucket,
    name: cache.name,
    prefix: cache.prefix,
    endpoint_url: cache.endpointUrl,
    use_path_style: flag(cache.usePathStyle),
    access_key_id: cache.accessKeyId,
    secret_access_key: cache.secretAccessKey,
    session_token: cache.sessionToken,
  });
}

function entry(type: string, attributes: Readonly<Record<string, string | undefined>>): CacheEntry {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = value;
  return { type, attrs };
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
