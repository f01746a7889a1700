import type { StageNode } from '../ast/stage.ts';
import type { ArgDeclaration } from '../ast/word.ts';

/** Which names the written program imports and declares. */
export interface Names {
  /** Notes that a function of the library is used. */
  use(name: string): void;
  /** The variable of a build argument. */
  argument(declaration: ArgDeclaration): string;
  /** The variable of a stage. */
  stage(stage: StageNode): string;
  imports(): readonly string[];
  arguments(): readonly (readonly [variable: string, declaration: ArgDeclaration])[];
}

const reserved: ReadonlySet<string> = new Set(
  'arg context expand final image inline mount raw script sh stage variable break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await async of target arguments eval undefined'.split(
    ' ',
  ),
);

export function createNames(stages: readonly StageNode[]): Names {
  const taken = new Set(reserved);
  const used = new Set<string>();
  const variables = new Map<string, readonly [string, ArgDeclaration]>();
  const stageNames = new Map(
    stages.map((stage, index) => [stage, identifier(stage.from.name ?? `stage-${index}`, taken)] as const),
  );
  return {
    use: (name) => void used.add(name),
    argument(declaration) {
      const known = variables.get(declaration.name);
      if (known !== undefined) return known[0];
      used.add('arg');
      const variable = identifier(declaration.name.toLowerCase(), taken);
      variables.set(declaration.name, [variable, declaration]);
      return variable;
    },
    stage: (stage) => stageNames.get(stage) ?? '',
    imports: () => [...used].sort(),
    arguments: () => [...variables.values()],
  };
}

/** `go-builder` and `GO_BUILDER` as `goBuilder`; a number is added to a name that is taken. */
function identifier(name: string, taken: Set<string>): string {
  const camel = name.replace(/[^a-zA-Z0-9]+([a-zA-Z0-9]?)/gu, (_, next: string) => next.toUpperCase());
  const base = /^[a-zA-Z]/u.test(camel) ? camel : `_${camel}`;
  let candidate = base;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${base}${count}`;
  taken.add(candidate);
  return candidate;
}
