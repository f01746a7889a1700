import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What to put at a path: text, or a link. Directories come with what is in them; an empty one ends in a slash. */
export type TreeShape = Readonly<Record<string, string | { readonly link: string }>>;

/** Makes a directory of the given shape and gives back its path. */
export function createTree(shape: TreeShape): string {
  const root = mkdtempSync(join(tmpdir(), 'stagecraft-context-'));
  addToTree(root, shape);
  return root;
}

function addToTree(root: string, shape: TreeShape): void {
  for (const [path, content] of Object.entries(shape)) {
    const target = join(root, path);
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (path.endsWith('/')) continue;
    if (typeof content === 'string') writeFileSync(target, content);
    else symlinkSync(content.link, target);
  }
}

export function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true });
}
