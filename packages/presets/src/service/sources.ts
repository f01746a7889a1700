import { StagecraftError } from '@stagecraft/core';
import type { ProjectFiles } from '../project/project-files.ts';

/** The file or directory of the project that a program starts from: `src` for `src/main.js`, `app.py` for the module `app`. */
export function sourceOf(files: ProjectFiles, program: string, suffixes: readonly string[] = ['']): string {
  const [first = ''] = program.split('/');
  const names = ['', ...suffixes].map((suffix) => `${first}${suffix}`);
  const found = names.find((name) => files.exists(name));
  if (found !== undefined) return found;
  throw new StagecraftError(
    'project-unsupported',
    `The project has no ${names.map((name) => `"${name}"`).join(' or ')}.`,
    {
      hint: 'Name what the image needs with the option "sources", such as ["src"].',
    },
  );
}
