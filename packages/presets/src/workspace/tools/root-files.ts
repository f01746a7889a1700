import type { ProjectFiles } from '../../project/project-files.ts';

/** The ones of `names` that exist at the root. */
export function existing(files: ProjectFiles, names: readonly string[]): readonly string[] {
  return names.filter((name) => files.exists(name));
}
