import type { CacheSource, CacheTarget } from '@stagecraft/core/build';
import { badFlag, type Fields, type FlagSyntax, isYes, needField, readFields } from './fields.ts';

const serviceNames = [
  ...['scope', 'url', 'token', 'region', 'bucket', 'name', 'prefix', 'endpoint_url', 'use_path_style'],
  ...['access_key_id', 'secret_access_key', 'session_token'],
];
const sourceSyntax: FlagSyntax = {
  flag: 'cache-from',
  usage:
    '--cache-from registry.example.com/app:cache, or type=registry,ref=…, type=local,src=…, type=gha, type=s3,…',
  names: ['type', 'ref', 'insecure', 'src', 'digest', 'tag', ...serviceNames],
};
const targetSyntax: FlagSyntax = {
  flag: 'cache-to',
  usage: '--cache-to type=inline, type=registry,ref=…,mode=max, type=local,dest=…, type=gha or type=s3,…',
  names: [
    ...['type', 'ref', 'insecure', 'dest', 'tag', 'mode', 'ignore-error', 'image-manifest', 'oci-mediatypes'],
    ...serviceNames,
  ],
};

/** A cache to read, written as buildx takes it. */
export function toCacheSource(text: string): CacheSource {
  const fields = readFields(text, sourceSyntax);
  if (fields.bare !== undefined) return { type: 'registry', reference: fields.bare };
  const need = (name: string): string => needField(fields, name, text, sourceSyntax);
  const type = fields.values.get('type');
  if (type === 'registry')
    return { type, reference: need('ref'), ...flagged(fields, { insecure: 'insecure' }) };
  if (type === 'local')
    return { type, path: need('src'), ...named(fields, { digest: 'digest', tag: 'tag' }) };
  if (type === 'gha') return { type, ...gitHub(fields) };
  if (type === 's3') return { type, region: need('region'), bucket: need('bucket'), ...bucketOf(fields) };
  throw badFlag(text, sourceSyntax);
}

/** A cache to write, written as buildx takes it. */
export function toCacheTarget(text: string): CacheTarget {
  const fields = readFields(text, targetSyntax);
  if (fields.bare !== undefined) {
    if (fields.bare === 'inline') return { type: 'inline' };
    return { type: 'registry', reference: fields.bare };
  }
  const need = (name: string): string => needField(fields, name, text, targetSyntax);
  const type = fields.values.get('type');
  if (type === 'inline') return { type };
  const how = { ...modeOf(text, fields), ...flagged(fields, { ignoreError: 'ignore-error' }) };
  if (type === 'registry') {
    const flags = {
      insecure: 'insecure',
      imageManifest: 'image-manifest',
      ociMediaTypes: 'oci-mediatypes',
    } as const;
    return { type, reference: need('ref'), ...how, ...flagged(fields, flags) };
  }
  if (type === 'local') return { type, path: need('dest'), ...how, ...named(fields, { tag: 'tag' }) };
  if (type === 'gha') return { type, ...gitHub(fields), ...how };
  if (type === 's3')
    return { type, region: need('region'), bucket: need('bucket'), ...bucketOf(fields), ...how };
  throw badFlag(text, targetSyntax);
}

function modeOf(text: string, { values }: Fields): { readonly mode?: 'min' | 'max' } {
  const mode = values.get('mode');
  if (mode === undefined) return {};
  if (mode === 'min' || mode === 'max') return { mode };
  throw badFlag(text, targetSyntax);
}

const gitHub = (
  fields: Fields,
): { readonly scope?: string; readonly url?: string; readonly token?: string } =>
  named(fields, { scope: 'scope', url: 'url', token: 'token' });

function bucketOf(
  fields: Fields,
): Partial<Omit<Extract<CacheSource, { type: 's3' }>, 'type' | 'region' | 'bucket'>> {
  return {
    ...named(fields, {
      name: 'name',
      prefix: 'prefix',
      endpointUrl: 'endpoint_url',
      accessKeyId: 'access_key_id',
      secretAccessKey: 'secret_access_key',
      sessionToken: 'session_token',
    }),
    ...flagged(fields, { usePathStyle: 'use_path_style' }),
  };
}

/** The fields that were given, under the names that the library has for them. */
function named<K extends string>(
  { values }: Fields,
  names: Readonly<Record<K, string>>,
): { readonly [P in K]?: string } {
  const given = Object.entries<string>(names).flatMap(([key, name]) => {
    const value = values.get(name);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(given);
}

function flagged<K extends string>(
  fields: Fields,
  names: Readonly<Record<K, string>>,
): { readonly [P in K]?: boolean } {
  const given = Object.entries<string>(names).flatMap(([key, name]) => {
    const value = isYes(fields, name);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(given);
}
