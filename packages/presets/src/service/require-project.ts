import { StagecraftError } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';
import type { Language, Runtime } from '../runtime/runtime.ts';

/** The first of these files that the project has; throws `project-unsupported` when there is none. */
export function requireFile<const Name extends string>(
  files: ProjectFiles,
  names: readonly Name[],
  what: string,
  hint: string,
): Name {
  const found = names.find((name) => files.exists(name));
  if (found !== undefined) return found;
  const list = names.map((name) => `"${name}"`).join(' or ');
  throw new StagecraftError('project-unsupported', `The ${what} project has no ${list}.`, { hint });
}

/** Throws `project-unsupported` unless the runtime is made for one of these languages. */
export function requireLanguage(runtime: Runtime, languages: readonly Language[], hint: string): void {
  if (languages.includes(runtime.language)) return;
  const made = runtime.language === 'none' ? 'programs without an interpreter' : runtime.language;
  throw new StagecraftError('project-unsupported', `The runtime "${runtime.image}" is made for ${made}.`, {
    hint,
  });
}

/** Throws `project-unsupported` for a program that is linked to a C library the runtime lacks. */
export function requireLibc(runtime: Runtime, libc: 'glibc' | 'musl', hint: string): void {
  if (runtime.libc === libc) return;
  const has = runtime.libc === 'none' ? 'no C library' : runtime.libc;
  throw new StagecraftError(
    'project-unsupported',
    `The program is linked to ${libc}, but "${runtime.image}" has ${has}.`,
    { hint },
  );
}
