import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Proposal, proposeImage } from './propose-image.ts';

function proposalFor(files: Readonly<Record<string, string>>): Proposal {
  const directory = mkdtempSync(join(tmpdir(), 'stagecraft-init-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return proposeImage(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.each([
  ['go().final', { 'go.mod': '' }],
  ['node().final', { 'package.json': '{}', 'package-lock.json': '{}' }],
  ['nextjs().final', { 'package.json': '{ "dependencies": { "next": "16.0.0" } }' }],
  ['bun().final', { 'package.json': '{}', 'bun.lock': '' }],
  ["python({ script: 'app.py' }).final", { 'requirements.txt': '', 'app.py': '' }],
  ["python({ asgi: 'main:app' }).final", { 'pyproject.toml': 'dependencies = ["uvicorn"]', 'main.py': '' }],
  ['java().final', { 'pom.xml': '' }],
  ['rust().final', { 'Cargo.toml': '' }],
  ['dotnet().final', { 'shop.csproj': '' }],
  ["elixir({ app: 'shop' }).final", { 'mix.exs': 'app: :shop,' }],
  ["cpp({ binary: 'shop' }).final", { 'CMakeLists.txt': 'add_executable(shop main.cpp)' }],
])('proposes %s', (call, files) => {
  const { preset, text } = proposalFor(files);
  expect(text).toBe(`import { ${preset} } from '@stagecraft/presets';\n\nexport default ${call};\n`);
});

test('proposes a plain start for a project it does not know', () => {
  expect(proposalFor({ 'notes.txt': '' })).toMatchObject({ preset: 'plain' });
});

test('names the files of a site one by one: the folder holds more than what may be served', () => {
  const { text } = proposalFor({
    'index.html': '',
    "it's.css": '',
    'img/logo.svg': '',
    '.env': 'KEY=1',
    '.git/config': '',
    'node_modules/a/index.js': '',
    Dockerfile: '',
    'image.ts': '',
    'package.lock': '',
    'vite.config.js': '',
  });
  expect(text).toContain("  .copy(['index.html', 'it\\'s.css'], '/site/')\n  .copy('img', '/site/img');\n");
  expect(text).not.toMatch(/'\.env|node_modules|Dockerfile|config|lock/u);
});
