import type { ContextEntry } from '../../../build/context-source.ts';
import { cleanPath } from './clean-path.ts';
import { compileGlob } from './glob.ts';

const longestChain = 255;

/** The asked-for paths plus every symbolic link on the way and where it leads, sorted, without paths inside others. */
export function followPaths(entries: readonly ContextEntry[], wanted: readonly string[]): readonly string[] {
  const tree = indexTree(entries);
  const found = new Set<string>();
  for (const path of wanted) follow(tree, cleanPath(path), found, 0);
  return withoutNested([...found].sort());
}

interface TreeIndex {
  readonly links: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

function indexTree(entries: readonly ContextEntry[]): TreeIndex {
  const links = new Map<string, string>();
  const children = new Map<string, string[]>();
  for (const { path, type, linkName } of entries) {
    if (type === 'symlink') links.set(path, linkName ?? '');
    const parent = parentOf(path);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [path]);
    else siblings.push(path);
  }
  return { links, children };
}

function follow(tree: TreeIndex, path: string, found: Set<string>, depth: number): void {
  if (depth > longestChain) return;
  const parts = path === '.' ? [] : path.split('/');
  let current = '.';
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (last && /[*?[\\]/u.test(part)) {
      followMatches(tree, current, part, found, depth);
      return;
    }
    const next = current === '.' ? part : `${current}/${part}`;
    const target = tree.links.get(next);
    if (target !== undefined) {
      found.add(next);
      const rest = parts.slice(index + 1).join('/');
      follow(tree, resolveLink(current, target, rest), found, depth + 1);
      return;
    }
    current = next;
  }
  found.add(current);
}

function followMatches(
  tree: TreeIndex,
  directory: string,
  pattern: string,
  found: Set<string>,
  depth: number,
): void {
  const glob = compileGlob(pattern);
  for (const child of tree.children.get(directory) ?? []) {
    if (!glob(child.slice(child.lastIndexOf('/') + 1))) continue;
    found.add(child);
    const target = tree.links.get(child);
    if (target !== undefined) follow(tree, resolveLink(directory, target, ''), found, depth + 1);
  }
}

// An absolute target is relative to the root of the context, and nothing leads out of it.
function resolveLink(directory: string, target: string, rest: string): string {
  const base = target.startsWith('/') ? target : `${directory}/${target}`;
  return cleanPath(`${base}/${rest}`);
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

function withoutNested(sorted: readonly string[]): readonly string[] {
  const kept = new Set<string>();
  for (const path of sorted) {
    const parts = path.split('/');
    const nested = parts.some((_, index) => index > 0 && kept.has(parts.slice(0, index).join('/')));
    if (!nested) kept.add(path);
  }
  return [...kept];
}
