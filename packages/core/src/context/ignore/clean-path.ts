import type { ByteString } from '../bytes.ts';

/**
 * The shortest path that means the same, worked out from the text alone.
 * @see https://pkg.go.dev/path#Clean
 */
export function cleanPath(path: ByteString): ByteString {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push('..');
  }
  const joined = kept.join('/');
  if (rooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}
