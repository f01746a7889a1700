import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { StagecraftError, type StageSource } from '@stagecraft/core';
import { importModule } from './load-module.ts';

/** The images a file exports, by name; a default export is `default`. */
export type Images = ReadonlyMap<string, StageSource>;

/**
 * Loads a TypeScript or JavaScript file that exports a stage, a record of stages, or a function that gives either.
 *
 * Throws `config-rejected` for a file that isn't there or that exports no stage.
 */
export async function loadImages(file: string): Promise<Images> {
  if (!existsSync(resolve(file))) {
    throw new StagecraftError('config-rejected', `There is no file "${file}".`, {
      hint: 'Write an image.ts that exports a stage, or name another file.',
    });
  }
  const module = await importModule(file);
  const images = new Map<string, StageSource>();
  for (const [name, value] of Object.entries(module)) await collect(name, value, images);
  if (images.size > 0) return images;
  throw new StagecraftError('config-rejected', `"${file}" exports no stage.`, {
    hint: 'Write "export default final().from(…)…", or export several stages by name.',
  });
}

/** The one image that is meant. */
export function chooseImage(images: Images, target: string | undefined): StageSource {
  const names = [...images.keys()];
  const chosen = target ?? (images.has('default') || names.length > 1 ? 'default' : names[0]) ?? '';
  const image = images.get(chosen);
  if (image !== undefined) return image;
  throw new StagecraftError(
    'unknown-stage',
    target === undefined ? 'The file exports several images.' : `The file exports no image "${target}".`,
    {
      hint: `Choose one with --target: ${names.join(', ')}.`,
    },
  );
}

async function collect(name: string, value: unknown, images: Map<string, StageSource>): Promise<void> {
  if (isStage(value)) {
    images.set(name, value);
    return;
  }
  // A named function may be a helper of the file's own; only the default one is called for its images.
  if (typeof value === 'function' && name === 'default') {
    const made: unknown = await value();
    if (typeof made !== 'function') await collect(name, made, images);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const isRecordOfImages = name === 'default';
  for (const [key, inner] of Object.entries(value)) {
    if (isStage(inner)) images.set(key, inner);
    else if (isRecordOfImages && typeof inner === 'function') {
      const made: unknown = await inner();
      if (isStage(made)) images.set(key, made);
    }
  }
}

function isStage(value: unknown): value is StageSource {
  return (
    typeof value === 'object' && value !== null && 'toNode' in value && typeof value.toNode === 'function'
  );
}
