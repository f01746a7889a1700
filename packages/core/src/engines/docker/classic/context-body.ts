import { Readable } from 'node:stream';
import type { ContextSource, VirtualFile } from '../../../build/context-source.ts';

/** A context on its way to the engine. */
export interface ContextBody {
  readonly stream: Readable;
  readonly sentBytes: number;
  /** `reading` while the files are read, `sending` while the engine has to take them, `sent` when all are on their way. */
  readonly state: 'reading' | 'sending' | 'sent';
}

/** In the context the engine sees it has neither of these: the ignore file makes the engine remove both. */
export const dockerfileName = '.stagecraft.dockerfile';

function dockerfileFiles(text: string): readonly VirtualFile[] {
  return [
    { path: dockerfileName, content: text },
    { path: '.dockerignore', content: `${dockerfileName}\n.dockerignore\n` },
  ];
}

/** The context as the body of a request; `onChunk` is told about every piece the engine takes. */
export function contextBody(context: ContextSource, dockerfile: string, onChunk: () => void): ContextBody {
  const body = { sentBytes: 0, state: 'reading' as ContextBody['state'] };
  async function* chunks(): AsyncIterable<Uint8Array> {
    for await (const chunk of context.pack(dockerfileFiles(dockerfile))) {
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
