import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { VirtualFile } from '../build/context-source.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { throwIfAborted } from './breathe.ts';
import type { ContextPlan } from './plan.ts';

export interface PackContextOptions {
  /** In-memory files that come first and win over planned ones, such as the Dockerfile. */
  readonly files?: readonly VirtualFile[];
  /** Default: none, which is fastest on a local socket. */
  readonly compression?: 'gzip' | 'zstd';
  readonly signal?: AbortSignal;
}

/**
 * The planned context as a tar archive: sorted, owned by 0:0, with exact modes.
 *
 * The stream only ends when it is whole. Throws `context-changed` naming the path when the tree is not as planned,
 * `unsupported-feature` for zstd on a Node.js that has none.
 *
 * @example
 * await pipeline(packContext(plan, { compression: 'gzip' }), createWriteStream('context.tar.gz'));
 */
export async function* packContext(
  plan: ContextPlan,
  options: PackContextOptions = {},
): AsyncGenerator<Uint8Array> {
  const chunks = plan.pack(options.files ?? []);
  for await (const chunk of compress(chunks, options.compression)) {
    throwIfAborted(options.signal);
    yield chunk;
  }
}

function compress(
  chunks: AsyncIterable<Uint8Array>,
  compression: PackContextOptions['compression'],
): AsyncIterable<Uint8Array> {
  if (compression === undefined) return chunks;
  const compressor = compression === 'gzip' ? zlib.createGzip() : createZstd();
  // An error of the source destroys the compressor, and so reaches whoever reads from it.
  pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 2 }), compressor, () => {});
  return compressor;
}

function createZstd(): zlib.Gzip {
  const create = (zlib as { createZstdCompress?: () => zlib.Gzip }).createZstdCompress;
  if (create !== undefined) return create();
  throw new StagecraftError('unsupported-feature', 'This Node.js has no zstd compression.', {
    hint: 'Use Node.js 22.15 or later, or compress with gzip.',
  });
}
