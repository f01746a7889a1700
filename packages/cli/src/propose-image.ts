import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dockerignore, type IgnoreLanguage } from '@stagecraft/presets';

/** What `init` would write. */
export interface Proposal {
  /** The preset's name, `Dockerfile` for a translation, or `plain` for a start by hand. */
  readonly preset: string;
  /** The file that told. */
  readonly because?: string;
  readonly text: string;
  /** The text of a `.dockerignore`; a translation goes by the one that its Dockerfile had. */
  readonly ignore?: string;
}

interface Project {
  readonly names: readonly string[];
  read(path: string): string;
  isDirectory(path: string): boolean;
}

interface Detector {
  readonly preset: IgnoreLanguage;
  /** Any of these tells; a leading `*` stands for any name. */
  readonly files: readonly string[];
  readonly when?: (project: Project) => boolean;
  readonly options?: (project: Project) => string;
  /** Paths that are usually made in the image, and that this project has of its own. */
  readonly keep?: (project: Project) => readonly string[];
  /** The whole file, where one call is not enough. */
  readonly text?: (project: Project) => string;
}

// The first that fits wins: what is more special comes before what is more general.
const detectors: readonly Detector[] = [
  { preset: 'go', files: ['go.mod'] },
  { preset: 'rust', files: ['Cargo.toml'] },
  { preset: 'java', files: ['pom.xml', 'build.gradle', 'build.gradle.kts'] },
  { preset: 'dotnet', files: ['*.csproj'] },
  { preset: 'elixir', files: ['mix.exs'], options: elixirOptions },
  { preset: 'ruby', files: ['Gemfile'] },
  { preset: 'php', files: ['composer.json'] },
  { preset: 'deno', files: ['deno.json', 'deno.jsonc'], options: denoOptions },
  { preset: 'bun', files: ['bun.lock', 'bun.lockb'] },
  { preset: 'nextjs', files: ['package.json'], when: ({ read }) => /"next"\s*:/u.test(read('package.json')) },
  { preset: 'node', files: ['package.json'], keep: nodeKeeps },
  { preset: 'python', files: ['pyproject.toml', 'requirements.txt'], options: pythonOptions },
  { preset: 'cpp', files: ['CMakeLists.txt', 'meson.build'], options: cppOptions },
  { preset: 'staticSite', files: ['index.html'], text: staticSiteText },
];

const plain = `import { final } from '@stagecraft/core';

export default final()
  .from('debian:trixie-slim')
  .workdir('/app')
  .copy('.', '.')
  .user(65532)
  .cmd(['sh', '-c', 'echo Replace this by your program.']);
`;

/** Looks at a directory and says what its `image.ts` would be. */
export function proposeImage(directory: string): Proposal {
  const names = existsSync(directory) ? readdirSync(directory).sort() : [];
  const project: Project = {
    names,
    read: (path) => (existsSync(join(directory, path)) ? readFileSync(join(directory, path), 'utf8') : ''),
    isDirectory: (path) => statSync(join(directory, path)).isDirectory(),
  };
  for (const { preset, files, when, options, text, keep } of detectors) {
    const because = names.find((name) => files.some((file) => fits(name, file)));
    if (because === undefined || when?.(project) === false) continue;
    const ignore = dockerignore(preset, keep?.(project));
    if (text !== undefined) return { preset, because, text: text(project), ignore };
    const call = `${preset}(${options?.(project) ?? ''}).final`;
    return {
      preset,
      because,
      text: `import { ${preset} } from '@stagecraft/presets';\n\nexport default ${call};\n`,
      ignore,
    };
  }
  return { preset: 'plain', text: plain, ignore: dockerignore() };
}

function fits(name: string, pattern: string): boolean {
  return pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

/** Without a script that builds, what is run lies there already. */
function nodeKeeps({ read }: Project): readonly string[] {
  return /"build"\s*:/u.test(read('package.json')) ? [] : ['**/dist'];
}

function pythonOptions({ names, read }: Project): string {
  const script = ['main.py', 'app.py', 'server.py'].find((name) => names.includes(name)) ?? 'main.py';
  const requirements = `${read('requirements.txt')}\n${read('pyproject.toml')}`;
  return /uvicorn/u.test(requirements)
    ? `{ asgi: '${script.replace('.py', '')}:app' }`
    : `{ script: '${script}' }`;
}

function denoOptions({ names }: Project): string {
  return `{ entry: '${['main.ts', 'mod.ts', 'server.ts'].find((name) => names.includes(name)) ?? 'main.ts'}' }`;
}

function elixirOptions({ read }: Project): string {
  return `{ app: '${/app:\s*:(\w+)/u.exec(read('mix.exs'))?.[1] ?? 'app'}' }`;
}

function cppOptions({ read }: Project): string {
  const name =
    /add_executable\(\s*([\w.-]+)/u.exec(read('CMakeLists.txt'))?.[1] ??
    /executable\(\s*'([\w.-]+)'/u.exec(read('meson.build'))?.[1];
  return `{ binary: '${name ?? 'app'}' }`;
}

const siteFile =
  /\.(?:html?|css|m?js|svg|png|jpe?g|gif|webp|avif|ico|txt|xml|webmanifest|woff2?|pdf|wasm)$/iu;
const notServed: ReadonlySet<string> = new Set(['node_modules', 'scripts', 'test', 'tests']);

/** A folder whose pages lie at its root holds more than pages: what is served is named, one by one. */
function staticSiteText({ names, isDirectory }: Project): string {
  const visible = names.filter((name) => !name.startsWith('.') && !notServed.has(name));
  const directories = visible.filter(isDirectory);
  const files = visible.filter(
    (name) => !isDirectory(name) && siteFile.test(name) && !/\.config\./u.test(name),
  );
  const list = files.map(quoted).join(', ');
  const copies = [
    `  .copy([${list}], '/site/')`,
    ...directories.map((name) => `  .copy(${quoted(name)}, ${quoted(`/site/${name}`)})`),
  ];
  return `import { stage } from '@stagecraft/core';
import { staticSite } from '@stagecraft/presets';

// Only what is named here is served: no .git, no .env, not this file.
const files = stage('files')
  .from('scratch')
${copies.join('\n')};

export default staticSite({ source: { stage: files, path: '/site' } }).final;
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
