/** Where a finished build goes. Without any, an engine that has an image store loads the image into it. */
export type BuildOutput =
  | LoadOutput
  | PushOutput
  | ArchiveOutput
  | { readonly type: 'local'; readonly path: string }
  | { readonly type: 'none' };

/** Puts the image into the engine's own store, under the request's tags. */
export interface LoadOutput {
  readonly type: 'load';
}

/** Sends the image to the registries its tags name. */
export interface PushOutput extends ImageEncoding {
  readonly type: 'push';
  /** Allows plain http and unverified certificates. */
  readonly insecure?: boolean;
}

/** One archive: an OCI layout, what `docker load` reads, or the files of the image. */
export interface ArchiveOutput extends ImageEncoding {
  readonly type: 'oci' | 'docker' | 'tar';
  readonly destination: OutputDestination;
}

/** A file path, or a function that is given the bytes and resolves once they are safe. */
export type OutputDestination = string | ((chunks: AsyncIterable<Uint8Array>) => Promise<void>);

export interface ImageEncoding {
  readonly compression?: 'uncompressed' | 'gzip' | 'estargz' | 'zstd';
  readonly compressionLevel?: number;
  /** Recompresses layers that came from a base image, too. */
  readonly forceCompression?: boolean;
  readonly ociMediaTypes?: boolean;
}
