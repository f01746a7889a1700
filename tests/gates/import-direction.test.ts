import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { plant, root, runTool } from './planted.ts';

const bottom = ['util', 'source', 'errors', 'ast'];
const middle = [...bottom, 'profile'];
const pure = [...middle, 'print', 'parse', 'evaluate', 'graph'];
const seam = [...bottom, 'build'];

/** What each room of core may import besides itself: the table of ARCHITECTURE.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  util: [],
  source: ['util'],
  errors: ['util', 'source'],
  ast: ['util', 'source', 'errors'],
  profile: bottom,
  print: middle,
  parse: middle,
  evaluate: middle,
  graph: middle,
  lint: [...middle, 'parse', 'evaluate', 'graph'],
  builder: pure,
  import: [...pure, 'builder'],
  json: [...pure, 'builder'],
  build: [...bottom, 'graph'],
  context: seam,
  engines: seam,
  archive: seam,
};
const rooms = Object.keys(mayImport);
const withNode = ['context', 'engines', 'archive'];
const source = join(root, 'packages/core/src');

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: { readonly file: string } | string };
}

/** Lints planted files with the repository's own rules; answers "path rule" for each finding. */
function lint(files: Readonly<Record<string, string>>): string[] {
  const directory = plant(files);
  for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(directory, name));
  const { stdout } = runTool(directory, 'biome', ['lint', '--reporter=json', '--max-diagnostics=none', '.']);
  const report: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  return report.diagnostics.map(({ category, location }) => {
    const path = typeof location.path === 'string' ? location.path : location.path.file;
    return `${path} ${category.split('/').at(-1)}`;
  });
}

function roomOf(folder: string): string {
  return folder.split('/')[0] ?? '';
}

/** Every folder of core that holds TypeScript, so that a new nesting depth cannot escape the rules. */
function foldersOfCore(): string[] {
  const entries = readdirSync(source, { recursive: true, withFileTypes: true });
  const folders = entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'),
    )
    .map((entry) => entry.parentPath.slice(source.length + 1))
    .filter((folder) => folder !== '');
  return [...new Set([...folders, ...rooms])].sort();
}

describe('rooms of core', () => {
  const folders = foldersOfCore();
  const importLine = (path: string): string =>
    `import { value } from '${path}';\nexport const copy = value;\n`;
  let findings: readonly string[] = [];

  beforeAll(() => {
    const files: Record<string, string> = {};
    for (const folder of folders) {
      const up = folder.replaceAll(/[^/]+/gu, '..');
      for (const room of rooms.filter((other) => other !== roomOf(folder))) {
        files[`packages/core/src/${folder}/planted-${room}.ts`] = importLine(`${up}/${room}/x.ts`);
      }
      const toTheRoom = folder.replaceAll(/[^/]+/gu, '..').slice(3);
      files[`packages/core/src/${folder}/planted-own.ts`] = importLine(
        toTheRoom ? `${toTheRoom}/x.ts` : './x.ts',
      );
      files[`packages/core/src/${folder}/planted-root.ts`] = importLine(`${up}/to-dockerfile.ts`);
      files[`packages/core/src/${folder}/planted-test-data.ts`] = importLine(`${up}/../test/x.ts`);
      files[`packages/core/src/${folder}/planted-node.ts`] = importLine('node:fs');
    }
    findings = lint(files);
  });

  it('are all named in the table', () => {
    expect([...new Set(folders.map(roomOf))].sort()).toEqual([...rooms].sort());
  });

  it.each(folders)('%s imports its own files and the rooms below it, nothing else', (folder) => {
    const room = roomOf(folder);
    const allowed = [room, ...(mayImport[room] ?? [])];
    const path = (name: string): string => `packages/core/src/${folder}/planted-${name}.ts`;
    const expected = [
      ...rooms
        .filter((other) => !allowed.includes(other))
        .map((other) => `${path(other)} noRestrictedImports`),
      `${path('root')} noRestrictedImports`,
      `${path('test-data')} noRestrictedImports`,
      ...(withNode.includes(room) ? [] : [`${path('node')} noNodejsModules`]),
    ];
    const found = findings.filter((finding) => finding.startsWith(`packages/core/src/${folder}/planted-`));
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe('files beside the rooms', () => {
  it('keep engines, context and Node out of the pure entry', () => {
    const line = (path: string): string => `export { value } from '${path}';\n`;
    const findings = lint({
      'packages/core/src/to-dockerfile.ts': line('./graph/x.ts') + line('./print/x.ts'),
      'packages/core/src/index.ts': line('./to-dockerfile.ts') + line('./engines/x.ts'),
      'packages/core/src/other.ts': line('./context/x.ts'),
      'packages/core/src/another.ts': line('./build.ts'),
      'packages/core/src/lint-file.ts': line('node:fs'),
      'packages/core/src/build.ts': line('./engines/x.ts') + line('./context/x.ts') + line('node:fs'),
    });
    expect(findings.sort()).toEqual([
      'packages/core/src/another.ts noRestrictedImports',
      'packages/core/src/index.ts noRestrictedImports',
      'packages/core/src/lint-file.ts noNodejsModules',
      'packages/core/src/other.ts noRestrictedImports',
    ]);
  });
});

describe('packages above core', () => {
  const forbidden = [
    '@stagecraft/core/src/index.ts',
    '@stagecraft/core/dist/index.js',
    '@stagecraft/core/print',
    '@stagecraft/presets/src/index.ts',
    '../../../core/src/index.ts',
  ];
  const allowed = [
    '@stagecraft/core',
    '@stagecraft/core/build',
    '@stagecraft/core/context',
    '@stagecraft/core/engines',
  ];

  it.each(['packages/presets/src/node', 'packages/cli/src', 'examples/calculator'])(
    '%s imports public entries only',
    (folder) => {
      const files: Record<string, string> = {};
      const line = (path: string): string => `import { value } from '${path}';\nexport const copy = value;\n`;
      for (const [index, path] of forbidden.entries()) files[`${folder}/forbidden-${index}.ts`] = line(path);
      for (const [index, path] of allowed.entries()) files[`${folder}/allowed-${index}.ts`] = line(path);
      expect(lint(files).sort()).toEqual(
        forbidden.map((_, index) => `${folder}/forbidden-${index}.ts noRestrictedImports`),
      );
    },
  );
});

describe('import cycles', () => {
  it('are refused', () => {
    const findings = lint({
      'packages/core/src/util/first.ts':
        "import { b } from './second.ts';\nexport const a = (): number => b();\n",
      'packages/core/src/util/second.ts':
        "import { a } from './first.ts';\nexport const b = (): number => a();\n",
    });
    expect(findings.sort()).toEqual([
      'packages/core/src/util/first.ts noImportCycles',
      'packages/core/src/util/second.ts noImportCycles',
    ]);
  });
});
