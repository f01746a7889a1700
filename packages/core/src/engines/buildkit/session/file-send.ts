import type { BuildOutput } from '../../../build/output.ts';
import { isStagecraftError, StagecraftError } from '../../../errors/stagecraft-error.ts';
import { writeDirectory } from '../output/write-directory.ts';
import { writeFileWhole } from '../output/write-file.ts';
import { decodeBytesMessage } from '../proto/bytes-message.ts';
import type { MessageStream } from '../rpc/message-stream.ts';
import type { RpcHandler, ServerCall } from '../rpc/serve.ts';
import type { SessionFailures } from './failures.ts';

export interface FileSendOptions {
  /** What each exporter of the build was asked for, in the order the engine got them. */
  readonly outputs: readonly BuildOutput[];
  /** Takes the archive of the output `load`. */
  readonly load?: ((archive: AsyncIterable<Uint8Array>) => Promise<void>) | undefined;
  readonly failures: SessionFailures;
}

export interface FileSendService {
  readonly handlers: ReadonlyMap<string, RpcHandler>;
  /** Resolves when every output that is sent to us is safe; rejects with `result-missing` for one that never came. */
  settled(): Promise<void>;
}

/** Receives what a build exports. A call ends well only when everything is safe at its destination. */
export function createFileSendService(options: FileSendOptions): FileSendService {
  const received = new Map<number, Promise<void>>();
  const diffCopy: RpcHandler = async (call) => {
    try {
      const index = exporterIndex(call);
      const output = options.outputs[index];
      if (output === undefined || received.has(index)) {
        throw new StagecraftError(
          'engine-protocol',
          `The engine sent the result of exporter ${index}, which nobody waits for.`,
        );
      }
      const work = receiveOutput(call, output, options);
      received.set(index, work);
      await work;
    } catch (cause) {
      const error = isStagecraftError(cause) ? cause : outputFailed(cause);
      if (!call.signal.aborted) options.failures.report(error);
      throw error;
    }
  };
  return {
    handlers: new Map([['/moby.filesync.v1.FileSend/DiffCopy', diffCopy]]),
    async settled() {
      // Engines call a build done once they have sent everything, which is before it is written here.
      await Promise.all(received.values());
      for (const [index, output] of options.outputs.entries()) {
        if (isSentToUs(output, options) && !received.has(index)) throw neverCame(output);
      }
    },
  };
}

function isSentToUs(output: BuildOutput, options: FileSendOptions): boolean {
  if (output.type === 'load') return options.load !== undefined;
  return output.type === 'local' || 'destination' in output;
}

function neverCame(output: BuildOutput): StagecraftError {
  return new StagecraftError(
    'result-missing',
    `The engine ended the build without sending the output "${output.type}".`,
    {
      hint: 'Build again; if it stays so, the engine is too old for several outputs.',
    },
  );
}

// Engines before BuildKit 0.13 have one exporter and don't number it.
function exporterIndex(call: ServerCall): number {
  return Number(call.metadata.get('buildkit-attachable-exporter-id')?.[0] ?? 0);
}

async function receiveOutput(call: ServerCall, output: BuildOutput, options: FileSendOptions): Promise<void> {
  if (output.type === 'local') return writeDirectory(call, output.path);
  const sink =
    output.type === 'load' ? options.load : 'destination' in output ? output.destination : undefined;
  if (sink === undefined) {
    throw new StagecraftError('engine-protocol', `The engine sent files for the output "${output.type}".`);
  }
  await (typeof sink === 'string' ? writeFileWhole(chunksOf(call), sink) : sink(chunksOf(call)));
}

async function* chunksOf(channel: MessageStream): AsyncIterable<Uint8Array> {
  for (;;) {
    const message = await channel.next();
    if (message === undefined) return;
    yield decodeBytesMessage(message);
  }
}

function outputFailed(cause: unknown): StagecraftError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StagecraftError('output-failed', `An output of the build could not be written: ${reason}.`, {
    hint: 'Check that the destination can be written to and has room.',
    cause,
  });
}
