import { createHash } from 'node:crypto';
import { create, toBinary } from '@bufbuild/protobuf';
import type { VirtualFile } from '../../../build/context-source.ts';
import { type Definition, DefinitionSchema, OpMetadataSchema, OpSchema } from '../proto/generated/llb_pb.ts';

/** A build graph whose result is a file system with just `files`. `name` is what progress shows. */
export function defineFiles(name: string, files: readonly VirtualFile[]): Definition {
  const actions = files.map((file, index) => ({
    input: BigInt(index - 1),
    secondaryInput: -1n,
    output: index === files.length - 1 ? 0n : -1n,
    action: {
      case: 'mkfile' as const,
      value: {
        path: `/${file.path}`,
        mode: file.mode ?? 0o644,
        data: typeof file.content === 'string' ? Buffer.from(file.content) : file.content,
        timestamp: -1n,
      },
    },
  }));
  const write = toBinary(OpSchema, create(OpSchema, { op: { case: 'file', value: { actions } } }));
  const writeDigest = digestOf(write);
  const result = toBinary(OpSchema, create(OpSchema, { inputs: [{ digest: writeDigest, index: 0n }] }));
  return create(DefinitionSchema, {
    def: [write, result],
    metadata: {
      [writeDigest]: create(OpMetadataSchema, {
        description: { 'llb.customname': name },
        caps: { 'file.base': true },
      }),
      [digestOf(result)]: create(OpMetadataSchema, {}),
    },
  });
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
