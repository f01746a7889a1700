import { toDockerfile } from '@stagecraft/core';
import { chooseImage, loadImages } from './load-images.ts';

export interface RenderOptions {
  readonly output?: string;
  readonly target?: string;
  readonly profile: 'modern' | 'buildkit' | 'classic';
  readonly json?: boolean;
}

/** The Dockerfile of the image that a file exports. */
export async function renderImage(
  file: string,
  { target, profile }: Pick<RenderOptions, 'target' | 'profile'>,
): Promise<string> {
  return toDockerfile(chooseImage(await loadImages(file), target), { profile });
}
