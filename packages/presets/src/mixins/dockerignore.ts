/** What never belongs into a build context. */
const always = [
  '.git',
  '.gitignore',
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

/** What each tool makes, and makes again in the image. */
const outputs = {
  go: [],
  node: ['**/node_modules', '**/.next', '**/dist'],
  python: ['**/__pycache__', '**/.venv', '**/*.pyc', '.pytest_cache'],
  java: ['**/target', '**/build', '**/.gradle'],
  rust: ['**/target'],
  dotnet: ['**/bin', '**/obj'],
  php: ['vendor'],
  ruby: ['tmp', 'log', 'vendor/bundle'],
  elixir: ['_build', 'deps'],
} as const;

/** The text of a `.dockerignore` for a language; `keep` brings paths back that the image needs all the same. */
export function dockerignore(language: keyof typeof outputs, keep: readonly string[] = []): string {
  return `${[...always, ...outputs[language], ...keep.map((path) => `!${path}`)].join('\n')}\n`;
}
