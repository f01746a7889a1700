import type { BuildOutput, ImageEncoding } from '../../../build/output.ts';
import type { BuildEngineOptions } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { Capabilities, ImageStore } from './capabilities.ts';
import { normaliseImageName } from './image-name.ts';
import { unsupported } from './unsupported.ts';
import { isAtLeast } from './versions.ts';

/** One exporter as the engine takes it, next to the output it came from. */
export interface Export {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly output: BuildOutput;
}

/** Turns outputs into exporters, and refuses those the engine lacks or would drop. */
export function planExports(
  options: BuildEngineOptions,
  capabilities: Capabilities,
  engine: string,
): readonly Export[] {
  const outputs = (options.outputs ?? defaultOutputs(capabilities)).filter(({ type }) => type !== 'none');
  if (outputs.length > 1 && !isAtLeast(capabilities.version, 0, 13)) {
    throw unsupported('several outputs of one build', engine, 'BuildKit 0.13 (Docker 26)');
  }
  const names = options.tags.map(normaliseImageName);
  return outputs.map((output) => planExport(output, names, options, capabilities.store, engine));
}

function defaultOutputs(capabilities: Capabilities): readonly BuildOutput[] {
  return capabilities.store === 'buildkitd' ? [] : [{ type: 'load' }];
}

function planExport(
  output: BuildOutput,
  names: readonly string[],
  options: BuildEngineOptions,
  store: ImageStore,
  engine: string,
): Export {
  const name: Record<string, string> = names.length === 0 ? {} : { name: names.join(',') };
  const rewrite: Record<string, string> =
    options.rewriteTimestamps === true ? { 'rewrite-timestamp': 'true' } : {};
  if (output.type === 'load') {
    if (options.rewriteTimestamps === true && store !== 'buildkitd') {
      throw unsupported(
        '"rewriteTimestamps" for an image in its own store',
        engine,
        'an output of the type "oci", "docker" or "push"',
      );
    }
    // A daemon without an image store of its own sends an archive that is loaded elsewhere.
    const type = store === 'buildkitd' ? 'docker' : 'moby';
    return { type, attributes: { ...name, ...rewrite }, output };
  }
  if (output.type === 'push') {
    if (store === 'docker-graph') throw lacksContainerd('pushing from a build', engine);
    if (names.length === 0) {
      throw new StagecraftError('invalid-options', "An image without a tag can't be pushed.", {
        hint: 'Add the name to push to "tags", for example "registry.example.com/team/calc:1.0".',
      });
    }
    const insecure: Record<string, string> = output.insecure === true ? { 'registry.insecure': 'true' } : {};
    const attributes = { ...name, ...rewrite, ...insecure, push: 'true', ...encodingAttributes(output) };
    return { type: 'image', attributes, output };
  }
  if (output.type === 'oci' || output.type === 'docker') {
    if (store === 'docker-graph') throw lacksContainerd(`the output "${output.type}"`, engine);
    return { type: output.type, attributes: { ...name, ...rewrite, ...encodingAttributes(output) }, output };
  }
  return { type: output.type, attributes: { ...rewrite }, output };
}

function encodingAttributes(encoding: ImageEncoding): Record<string, string> {
  const attributes: Record<string, string> = {};
  if (encoding.compression !== undefined) attributes['compression'] = encoding.compression;
  if (encoding.compressionLevel !== undefined) {
    attributes['compression-level'] = String(encoding.compressionLevel);
  }
  if (encoding.forceCompression === true) attributes['force-compression'] = 'true';
  if (encoding.ociMediaTypes !== undefined) attributes['oci-mediatypes'] = String(encoding.ociMediaTypes);
  return attributes;
}

function lacksContainerd(feature: string, engine: string): StagecraftError {
  return unsupported(
    feature,
    engine,
    'Docker 24 with the containerd image store, or BuildKit 0.8 on its own',
  );
}
