import { randomBytes } from 'node:crypto';
import type { BuildEngine } from '../../../src/build/engine.ts';
import type { BuildEvent } from '../../../src/build/event.ts';
import type { BuildEngineOptions, BuildRequest, StepOrigin } from '../../../src/build/request.ts';
import type { BuildResult } from '../../../src/build/result.ts';
import { type MemoryContext, type MemoryFile, memoryContext } from './memory-context.ts';

export interface TestBuild {
  readonly dockerfile: string;
  readonly files?: Readonly<Record<string, MemoryFile>>;
  readonly context?: BuildRequest['context'];
  readonly identity?: string;
  readonly namedContexts?: BuildRequest['namedContexts'];
  readonly options?: Partial<BuildEngineOptions>;
  readonly onRender?: (profile: string) => void;
}

/** A tag nobody else uses; everything under it is ours to remove. */
export function uniqueTag(): string {
  return `stagecraft-test/${randomBytes(8).toString('hex')}:1`;
}

export function requestOf(build: TestBuild): BuildRequest & { readonly context: MemoryContext } {
  const identity = build.identity ?? randomBytes(8).toString('hex');
  const context = build.context ?? memoryContext(build.files ?? {}, identity);
  const { dockerfile } = build;
  return {
    render: (profile) => {
      build.onRender?.(profile);
      return { text: dockerfile, steps: stepsOf(dockerfile) };
    },
    context: context as MemoryContext,
    namedContexts: build.namedContexts ?? {},
    options: {
      tags: [],
      buildArgs: {},
      labels: {},
      platforms: [],
      noCache: false,
      pull: false,
      secrets: [],
      network: 'none',
      ...build.options,
    },
  };
}

export interface Outcome {
  readonly events: readonly BuildEvent[];
  readonly result: BuildResult;
  /** Every log line of the build. */
  readonly log: string;
}

/** Runs a build to its end. Rejects as the build does; `events` then has what came before. */
export async function runBuild(
  engine: BuildEngine,
  build: TestBuild | BuildRequest,
  events: BuildEvent[] = [],
  signal?: AbortSignal,
): Promise<Outcome> {
  const request = 'render' in build ? build : requestOf(build);
  for await (const event of engine.build(request, signal)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'result') throw new Error('The build ended without a result.');
  return { events, result: last.result, log: logOf(events) };
}

function logOf(events: readonly BuildEvent[]): string {
  return events.flatMap((event) => (event.type === 'log' ? [event.text] : [])).join('\n');
}

/** The origins of a Dockerfile's instructions, as if line n came from line n + 100 of a TypeScript file. */
function stepsOf(dockerfile: string): readonly StepOrigin[] {
  const lines = dockerfile.split('\n');
  const steps: StepOrigin[] = [];
  let stage = '';
  for (let index = 0; index < lines.length; index += 1) {
    const first = lines[index] as string;
    if (first.trim() === '' || first.startsWith('#')) continue;
    let end = index;
    while (lines[end]?.endsWith('\\') === true) end += 1;
    stage = /^FROM\s.*\sAS\s+(\S+)/iu.exec(first)?.[1] ?? stage;
    steps.push({
      line: index + 1,
      endLine: end + 1,
      stage,
      instruction: first,
      where: { file: 'image.ts', line: index + 101, column: 3 },
    });
    index = end;
  }
  return steps;
}
