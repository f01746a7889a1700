/** A cache an engine may read before it builds. */
export type CacheSource =
  | { readonly type: 'registry'; readonly reference: string; readonly insecure?: boolean }
  | { readonly type: 'local'; readonly path: string; readonly digest?: string; readonly tag?: string }
  | ({ readonly type: 'gha' } & GitHubCache)
  | ({ readonly type: 's3' } & S3Cache);

/** A cache an engine writes after it built. `max` keeps the steps of every stage, `min` only those of the result. */
export type CacheTarget =
  | { readonly type: 'inline' }
  | ({
      readonly type: 'registry';
      readonly reference: string;
      readonly insecure?: boolean;
      readonly imageManifest?: boolean;
      readonly ociMediaTypes?: boolean;
    } & CacheTargetOptions)
  | ({ readonly type: 'local'; readonly path: string; readonly tag?: string } & CacheTargetOptions)
  | ({ readonly type: 'gha' } & GitHubCache & CacheTargetOptions)
  | ({ readonly type: 's3' } & S3Cache & CacheTargetOptions);

export interface CacheTargetOptions {
  readonly mode?: 'min' | 'max';
  /** Lets the build succeed when the cache can't be written. */
  readonly ignoreError?: boolean;
}

/** The cache service of GitHub Actions. */
export interface GitHubCache {
  readonly scope?: string;
  readonly url?: string;
  readonly token?: string;
}

export interface S3Cache {
  readonly region: string;
  readonly bucket: string;
  readonly name?: string;
  readonly prefix?: string;
  readonly endpointUrl?: string;
  readonly usePathStyle?: boolean;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}
