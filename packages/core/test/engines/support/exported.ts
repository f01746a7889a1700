import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildEvent } from '../../../src/build/event.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { type Outcome, requestOf, runBuild, type TestBuild } from './requests.ts';
import { withDirectory } from './temporary.ts';

export interface Exported extends Outcome {
  /** Content of an exported file as text. */
  text(path: string): string;
  readonly directory: string;
}

/** Builds, writes the image's files to a directory, and lets `look` see them. */
export function exported<T>(
  engine: EngineUnderTest,
  build: TestBuild,
  look: (exported: Exported) => T | Promise<T>,
  events: BuildEvent[] = [],
): Promise<T> {
  return withDirectory(async (root) => {
    const directory = join(root, 'out');
    const outputs = [{ type: 'local' as const, path: directory }];
    const request = requestOf({ ...build, options: { ...build.options, outputs } });
    const outcome = await runBuild(engine.create(), request, events);
    return look({ ...outcome, directory, text: (path) => readFileSync(join(directory, path), 'utf8') });
  });
}
