import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Our packages from their sources: no build is needed. */
const paths = {
  '@stagecraft/core': ['packages/core/src/index.ts'],
  '@stagecraft/core/build': ['packages/core/src/build.ts'],
  '@stagecraft/core/context': ['packages/core/src/context/index.ts'],
  '@stagecraft/core/engines': ['packages/core/src/engines/index.ts'],
  '@stagecraft/presets': ['packages/presets/src/index.ts'],
  stagecraft: ['packages/cli/src/index.ts'],
};

/**
 * What the compiler has against these files, which exist only in memory: a sentence for each error, with file and line.
 * All are checked in one program, as strictly as our own code; unused names are errors too unless they are allowed.
 */
export function typeErrors(
  files: Readonly<Record<string, string>>,
  { allowsUnused = false }: { readonly allowsUnused?: boolean } = {},
): readonly string[] {
  const directory = join(root, 'temp/type-check');
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(directory, name), text]));
  const options = { ...baseOptions(), noUnusedLocals: !allowsUnused, types: ['node'] };
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.readFile = (path) => texts.get(path) ?? read(path);
  host.fileExists = (path) => texts.has(path) || exists(path);
  const inMemory = new Set([...texts.keys()].flatMap(parentsOf));
  const directoryExists = host.directoryExists?.bind(host) ?? existsSync;
  host.directoryExists = (path) => inMemory.has(path) || directoryExists(path);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    if (source === undefined) throw new Error(`"${path}" was not read.`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (problem) => describe(problem, path.slice(directory.length + 1)),
    );
  });
}

function baseOptions(): ts.CompilerOptions {
  const path = join(root, 'tsconfig.base.json');
  const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8'));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  // Programs of users write no declarations, so their exports need no written types.
  return { ...options, isolatedDeclarations: false, declaration: false, paths, baseUrl: root };
}

function parentsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === root || parent === path ? [] : [parent, ...parentsOf(parent)];
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, name: string): string {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
  return `${name}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
