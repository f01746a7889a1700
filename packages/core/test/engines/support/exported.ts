import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildEvent } from '../../../src/build/event.ts';
import type { BuildOutput } from '../../../src/build/output.ts';
import type { BuildRequest } from '../../../src/build/request.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { type Outcome, requestOf, runBuild, type TestBuild } from './requests.ts';
import { withDirectory } from './temporary.ts';
import { unpackImage } from './unpack-image.ts';

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
    const outcome =
      engine.store === 'classic'
        ? await unpacked(engine, build, directory, events)
        : await runBuild(engine.create(), exporting(build, { type: 'local', path: directory }), events);
    return look({ ...outcome, directory, text: (path) => readFileSync(join(directory, path), 'utf8') });
  });
}

function exporting(build: TestBuild, output: BuildOutput): BuildRequest {
  return requestOf({ ...build, options: { ...build.options, outputs: [output] } });
}

async function unpacked(
  engine: EngineUnderTest,
  build: TestBuild,
  directory: string,
  events: BuildEvent[],
): Promise<Outcome> {
  const outcome = await runBuild(engine.create(), exporting(build, { type: 'load' }), events);
  const image = outcome.result.imageId ?? '';
  unpackImage(image, directory);
  await engine.docker.remove(image);
  return outcome;
}
