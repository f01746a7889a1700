/** A build context as an engine reads it: sorted, filtered, and never different from what was planned. */
export interface ContextSource {
  /** Stable for the same directory and plan: the engine's key for what it already has. */
  readonly identity: string;
  /** Bytes and files that will travel, when the plan knows. */
  readonly totals?: { readonly files: number; readonly bytes: number } | undefined;
  /** Every entry, parents before children, siblings in byte order. Rejects with `context-changed` when the tree moves. */
  entries(): AsyncIterable<ContextEntry>;
  /** The one entry at a path; undefined where nothing travels. */
  entry?(path: string): ContextEntry | undefined | Promise<ContextEntry | undefined>;
  /**
   * The same entries as a tar stream that ends only when it is whole. `extra` files come first and replace entries of
   * the same path.
   */
  pack(extra?: readonly VirtualFile[]): AsyncIterable<Uint8Array>;
}

export interface ContextEntry {
  /** Slash-separated, relative, without `./`. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'fifo' | 'device';
  /** POSIX mode, type bits included. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  /** When content or attributes last changed (ctime), where known: tells a forged `mtimeNs` from a real one. */
  readonly changedNs?: bigint;
  /** Target of a symlink, or the earlier path a hard link repeats. */
  readonly linkName?: string;
  readonly hardLink?: boolean;
  /** Devices only. */
  readonly deviceMajor?: number;
  readonly deviceMinor?: number;
  /** The content, read once, size-verified. Files only. Small files come as one chunk. */
  read?(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file that exists only in memory. */
export interface VirtualFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Default: 0o644. */
  readonly mode?: number;
  /** Default: a fixed time, so that equal content makes equal images. */
  readonly mtimeNs?: bigint;
}

/** An image in a directory in OCI image layout, as a named context. */
export interface OciLayout {
  /** The directory that holds `oci-layout` and `index.json`. */
  readonly layout: string;
  /** Default: `latest`. */
  readonly tag?: string;
  /** `sha256:…` of a manifest, in place of a tag. */
  readonly digest?: string;
}

/** A context the engine fetches itself: a git reference or a tarball URL. */
export interface RemoteContext {
  readonly url: string;
}
