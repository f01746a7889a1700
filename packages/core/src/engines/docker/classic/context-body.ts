import { Readable } from 'node:stream';
import type { ContextSource } from '../../../build/context-source.ts';
import { dockerfileFiles } from './dockerfile-files.ts';

/** A context on its way to the engine. */
export interface ContextBody {
  readonly stream: Readable;
  readonly sentBytes: number;
  /** `reading` while the files are read, `sending` while the engine has to take them, `sent` when all are on their way. */
  readonly state: 'reading' | 'sending' | 'sent';
}

/** The context as the body of a request; `onChunk` is told about every piece the engine takes. */
export function contextBody(context: ContextSource, dockerfile: string, onChunk: () => void): ContextBody {
  const body = { sentBytes: 0, state: 'reading' as ContextBody['state'] };
  async function* chunks(): AsyncIterable<Uint8Array> {
    for await (const chunk of context.pack(await dockerfileFiles(context, dockerfile))) {
      body.sentBytes += chunk.byteLength;
      body.state = 'sending';
      onChunk();
      yield chunk;
      onChunk();
      body.state = 'reading';
    }
    body.state = 'sent';
  }
  return Object.assign(body, { stream: Readable.from(chunks(), { objectMode: false }) });
}
