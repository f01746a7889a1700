import { posix } from 'node:path';

/** `path` as seen from `directory`, below the root; `.` for the root itself. */
export function joinPath(directory: string, path: string): string {
  return posix.join(directory, path.replaceAll('\\', '/')).replace(/\/$/u, '') || '.';
}
