import { createTwoFilesPatch } from 'diff';
import { readText } from './files.ts';
import { type RenderOptions, renderImage } from './render-image.ts';

export interface CheckOutcome {
  readonly isCurrent: boolean;
  /** A unified diff from the committed text to what the code says; empty when they agree. */
  readonly diff: string;
}

/** Compares a committed Dockerfile with what the code says. */
export async function checkImage(
  file: string,
  path: string,
  options: Pick<RenderOptions, 'target' | 'profile'>,
): Promise<CheckOutcome> {
  const committed = readText(path, `Write it with: stagecraft render ${file} -o ${path}`);
  const text = await renderImage(file, options);
  if (committed === text) return { isCurrent: true, diff: '' };
  return { isCurrent: false, diff: unifiedDiff(path, file, committed, text) };
}

/** What `diff -u` prints, with three lines around each change. */
function unifiedDiff(path: string, file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, file, before, after, undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/u, '').replaceAll(/^(---|\+\+\+) (.*)\t$/gmu, '$1 $2');
}
