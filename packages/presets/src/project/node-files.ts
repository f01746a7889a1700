import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFiles } from './project-files.ts';

/** A project on disk, read when a preset is called. */
export function nodeFiles(root: string): ProjectFiles {
  return {
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
    exists: (path) => existsSync(join(root, path)),
    list: (directory) => {
      if (!existsSync(join(root, directory))) return [];
      const entries = readdirSync(join(root, directory), { withFileTypes: true });
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    },
  };
}
