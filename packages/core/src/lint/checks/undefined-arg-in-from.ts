import { closestName } from '../closest-name.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/undefined-arg-in-from/ */
export const undefinedArgInFrom: LintRule = {
  name: 'UndefinedArgInFrom',
  severity: 'warning',
  why: 'A variable that no ARG declares before the first FROM is empty there.',
  listen: ({ dockerfile, report }) => ({
    from: ({ stage, base, platform, globals }) => {
      const declared = dockerfile.args.flatMap(({ args }) => args.map(({ name }) => name));
      const known = new Set([...declared, ...globals.keys()]);
      for (const name of [...base.unset, ...(platform?.unset ?? [])]) {
        if (known.has(name)) continue;
        const close = closestName(name, known);
        const suggestion = close === undefined ? '' : ` (did you mean ${close}?)`;
        report({ node: stage.from, message: `FROM argument '${name}' is not declared${suggestion}` });
      }
    },
  }),
};
