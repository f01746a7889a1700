import type { RunNode } from '../../ast/run.ts';
import { wordText } from '../../ast/word-text.ts';

/** Whether the RUN mounts a cache, or memory, at such a path: what is written there never reaches a layer. */
export function hasCacheFor({ mounts = [] }: RunNode, path: RegExp): boolean {
  return mounts.some((mount) => {
    if ((mount.type !== 'cache' && mount.type !== 'tmpfs') || mount.target === undefined) return false;
    return path.test(wordText(mount.target));
  });
}
