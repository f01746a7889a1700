import type { BuildEngine } from '../../src/build/engine.ts';
import type { BuildEvent } from '../../src/build/event.ts';
import type { BuildEngineOptions, BuildRequest } from '../../src/build/request.ts';
import type { BuildResult } from '../../src/build/result.ts';
import { planContext } from '../../src/context/index.ts';

export interface TextBuild extends Partial<BuildEngineOptions> {
  readonly files?: Readonly<Record<string, string>>;
}

/** A request for a Dockerfile given as one instruction a line; `image.ts` line 10 made the first of them. */
export async function requestFor(
  instructions: readonly string[],
  { files = {}, ...options }: TextBuild = {},
): Promise<BuildRequest> {
  const text = instructions.join('\n');
  const steps = instructions.map((instruction, index) => ({
    line: index + 1,
    endLine: index + 1,
    stage: 'app',
    instruction,
    where: { file: 'image.ts', line: 10 + index, column: 3 },
  }));
  return {
    render: () => ({ text, steps }),
    context: await planContext({ files }),
    namedContexts: {},
    options: {
      tags: [],
      buildArgs: {},
      labels: {},
      platforms: [],
      noCache: false,
      pull: false,
      secrets: [],
      ...options,
    },
  };
}

export interface Outcome {
  readonly events: readonly BuildEvent[];
  readonly result?: BuildResult;
  readonly error?: Error & { readonly code?: string; readonly hint?: string };
  readonly durationMs: number;
}

/** Runs a build to its end and never throws. */
export async function outcomeOf(
  engine: BuildEngine,
  request: BuildRequest,
  signal?: AbortSignal,
): Promise<Outcome> {
  const events: BuildEvent[] = [];
  const startedMs = performance.now();
  const durationMs = (): number => performance.now() - startedMs;
  try {
    for await (const event of engine.build(request, signal)) events.push(event);
  } catch (error) {
    return { events, error: error as Error, durationMs: durationMs() };
  }
  const last = events.at(-1);
  return { events, durationMs: durationMs(), ...(last?.type === 'result' && { result: last.result }) };
}
