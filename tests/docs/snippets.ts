import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { isStagecraftError, type StageSource, toDockerfile } from '../../packages/core/src/index.ts';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** One TypeScript block of a page, with the output blocks that follow it directly. */
export interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly file: string;
  readonly code: string;
  /** It talks to an engine: the tests on a daemon run it. */
  readonly needsEngine: boolean;
  readonly dockerfile: string | undefined;
  readonly text: string | undefined;
}

const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gmu;
/** Words that may stand between a snippet and its output. */
const leadsToOutput = /^\s*(?:prints|and get this, to review and commit[^\n]*)?:?\s*$/u;
const sources = {
  '@stagecraft/core/build': join(root, 'packages/core/src/build.ts'),
  '@stagecraft/core/context': join(root, 'packages/core/src/context/index.ts'),
  '@stagecraft/core/engines': join(root, 'packages/core/src/engines/index.ts'),
  '@stagecraft/core': join(root, 'packages/core/src/index.ts'),
  '@stagecraft/presets': join(root, 'packages/presets/src/index.ts'),
};

/** The pages whose snippets run: the docs, the README and those of the packages. */
export function pages(): readonly string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => path.endsWith('.md') && !path.startsWith('.vitepress') && !path.includes('node_modules'),
    )
    .map((path) => `docs/${path}`);
  return ['README.md', 'packages/cli/README.md', ...docs.sort()];
}

/** The TypeScript blocks of a page. */
export function snippetsOf(page: string, markdown: string): readonly Snippet[] {
  const blocks = [...markdown.matchAll(fence)].map((match) => ({
    language: match[1] ?? '',
    note: (match[2] ?? '').trim(),
    body: match[3] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
  return blocks.flatMap((block, index) => {
    if (block.language !== 'ts') return [];
    const outputs: Record<string, string> = {};
    let end = block.end;
    for (const next of blocks.slice(index + 1)) {
      if (next.language !== 'dockerfile' && next.language !== 'text') break;
      if (!leadsToOutput.test(markdown.slice(end, next.start))) break;
      outputs[next.language] = next.body;
      end = next.end;
    }
    const [, named] = /^\/\/ ([\w.-]+\.ts)\n/u.exec(block.body) ?? [];
    return [
      {
        page,
        line: markdown.slice(0, block.start).split('\n').length,
        file: named ?? `snippet-${index}.ts`,
        code: block.body,
        needsEngine: block.note === 'needs-engine',
        dockerfile: outputs['dockerfile'],
        text: outputs['text'],
      },
    ];
  });
}

/** Writes the snippet beside the others of its page and runs it; answers what differs from what the page shows. */
export async function runSnippet(snippet: Snippet, directory: string): Promise<readonly string[]> {
  const path = join(directory, snippet.page.replaceAll('/', '-'), snippet.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, snippet.code);
  const where = `${snippet.page}:${snippet.line}`;
  const printed: string[] = [];
  const log = console.log;
  console.log = (...values: readonly unknown[]) => printed.push(`${values.join(' ')}\n`);
  let exported: Readonly<Record<string, unknown>>;
  try {
    const jiti = createJiti(import.meta.url, { alias: sources, fsCache: false });
    exported = await jiti.import<Readonly<Record<string, unknown>>>(path);
  } catch (error) {
    return [`${where} ended with ${shown(error)}`];
  } finally {
    console.log = log;
  }
  const problems: string[] = [];
  const { dockerfile, text } = snippet;
  const image = exported['default'];
  const rendered = dockerfile !== undefined && isStage(image) ? toDockerfile(image) : undefined;
  if (dockerfile !== undefined && rendered !== dockerfile)
    problems.push(
      `${where} shows\n${dockerfile}\nbut prints\n${rendered ?? 'nothing: it has no default export'}`,
    );
  const output = printed.join('');
  if (text !== undefined && output !== text) problems.push(`${where} shows\n${text}\nbut says\n${output}`);
  return problems;
}

function isStage(value: unknown): value is StageSource {
  return typeof value === 'object' && value !== null && 'toNode' in value;
}

function shown(error: unknown): string {
  if (isStagecraftError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The text of a file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
