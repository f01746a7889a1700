import { type StageSource, toDockerfile } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';
import { docker } from '@stagecraft/core/engines';

/** What a release needs to know. */
export interface Release {
  /** Where to push, such as `registry.example.com/shop/site`. */
  readonly repository: string;
  readonly version: string;
  /** The Dockerfile that people reviewed. */
  readonly reviewed: string;
}

/** Refuses what nobody reviewed; builds and pushes what somebody did. Answers the digest in the registry. */
export async function release(image: StageSource, options: Release): Promise<string> {
  if (toDockerfile(image) !== options.reviewed)
    throw new Error('The committed Dockerfile is not what the code says. Render it and have it reviewed.');
  const engine = docker();
  const tag = `${options.repository}:${options.version}`;
  await build(image, { engine, context: { files: {} }, tags: [tag] });
  const { digest } = await engine.push(tag);
  return digest;
}
