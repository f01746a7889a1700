/** What never belongs into a build context. */
const always = [
  '.git',
  '.gitignore',
  '**/node_modules',
  '**/.DS_Store',
  'Dockerfile*',
  '.dockerignore',
  'compose*.y*ml',
  '**/.env',
  '**/.env.*',
  '**/*.pem',
  '**/*.key',
  'coverage',
  '**/*.log',
] as const;

/** The presets by name: what their tools leave behind differs. */
export type IgnoreLanguage =
  | 'bun'
  | 'cpp'
  | 'deno'
  | 'dotnet'
  | 'elixir'
  | 'go'
  | 'java'
  | 'nextjs'
  | 'node'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'staticSite';

const nodeOutputs: readonly string[] = ['**/.next', '**/dist'];

/** What each tool makes, and makes again in the image. */
const outputs: Readonly<Record<IgnoreLanguage, readonly string[]>> = {
  bun: nodeOutputs,
  cpp: ['build'],
  deno: [],
  dotnet: ['**/bin', '**/obj'],
  elixir: ['_build', 'deps'],
  go: [],
  // A package of the sources may be called "build" too.
  java: ['target', '*/target', 'build', '*/build', '**/.gradle'],
  nextjs: nodeOutputs,
  node: nodeOutputs,
  php: ['vendor'],
  python: ['**/__pycache__', '**/.venv', '**/*.pyc', '.pytest_cache'],
  ruby: ['tmp', 'log', 'vendor/bundle'],
  rust: ['target', '*/target'],
  staticSite: [],
};

/**
 * The text of a `.dockerignore` for what a preset builds, or for anything else; `keep` brings paths back that the image needs
 * all the same.
 */
export function dockerignore(language?: IgnoreLanguage, keep: readonly string[] = []): string {
  const made = language === undefined ? [] : outputs[language];
  return `${[...always, ...made, ...keep.map((path) => `!${path}`)].join('\n')}\n`;
}
