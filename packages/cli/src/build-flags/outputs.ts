import type { BuildOutput, OutputDestination } from '@stagecraft/core/build';
import { badFlag, type FlagSyntax, isYes, needField, readFields } from './fields.ts';

const syntax: FlagSyntax = {
  flag: 'output',
  usage:
    '--output directory, --output -, or type=local|tar|oci|docker,dest=…, type=image,push=true, type=registry',
  names: ['type', 'dest', 'push'],
};

/** Where the build goes, written as buildx takes it. `-` is standard output. */
export function toOutput(text: string): BuildOutput {
  const fields = readFields(text, syntax);
  if (fields.bare === '-') return { type: 'tar', destination: toStdout };
  if (fields.bare !== undefined) return { type: 'local', path: fields.bare };
  const type = fields.values.get('type');
  if (type === 'local') return { type, path: needField(fields, 'dest', text, syntax) };
  if (type === 'tar' || type === 'oci' || type === 'docker') {
    const path = fields.values.get('dest');
    if (type === 'docker' && path === undefined) return { type: 'load' };
    return { type, destination: destinationOf(path ?? needField(fields, 'dest', text, syntax)) };
  }
  if (type === 'registry') return { type: 'push' };
  if (type === 'image') return { type: isYes(fields, 'push') === true ? 'push' : 'load' };
  throw badFlag(text, syntax);
}

/** True when standard output carries the build itself, and so nothing else. */
export function takesStdout(outputs: readonly BuildOutput[]): boolean {
  return outputs.some((output) => 'destination' in output && output.destination === toStdout);
}

function destinationOf(path: string): OutputDestination {
  return path === '-' ? toStdout : path;
}

async function toStdout(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks)
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
}
