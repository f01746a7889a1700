import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CacheSource, CacheTarget } from '../../../src/build/cache.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { errorOf } from '../support/expect-error.ts';
import { runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';
import { withDirectory } from '../support/temporary.ts';

const isGraph = (engine: EngineUnderTest): boolean => engine.store === 'docker-graph';
const none = { outputs: [{ type: 'none' as const }] };

/** Caches and images that lie here, in directories in OCI image layout. */
export const layoutScenarios: readonly Scenario[] = [
  {
    title: 'writes a cache into a directory here and reads it back',
    onClassic: 'refused',
    lackedBy: isGraph,
    run: (engine) =>
      withDirectory(async (path) => {
        const mark = uniqueTag();
        const cacheTo: readonly CacheTarget[] = [{ type: 'local', path, mode: 'max' }];
        const cacheFrom: readonly CacheSource[] = [{ type: 'local', path }];
        const build = { dockerfile: `FROM busybox:local\nRUN echo ${mark} > /mark\n` };
        const first = await runBuild(engine.create(), { ...build, options: { ...none, cacheTo, cacheFrom } });
        const warnings = first.events.flatMap((event) => (event.type === 'warning' ? [event.text] : []));
        expect(warnings.some((text) => text.includes('no cache'))).toBe(true);
        expect(manifestsIn(path).map(({ tag }) => tag)).toEqual(['latest']);
        expect(
          readdirSync(join(path, 'blobs/sha256')).filter((name) => !/^[a-f\d]{64}$/u.test(name)),
        ).toEqual([]);
        await engine.docker.prune();
        const second = await runBuild(engine.create(), { ...build, options: { ...none, cacheFrom } });
        const cached = second.events.flatMap((event) =>
          event.type === 'cached' ? [event.step.instruction ?? ''] : [],
        );
        expect(cached.some((instruction) => instruction.startsWith('RUN'))).toBe(true);
      }),
  },
  {
    title: 'keeps several caches in one directory, each under its tag',
    onClassic: 'refused',
    lackedBy: isGraph,
    run: (engine) =>
      withDirectory(async (path) => {
        for (const tag of ['main', 'next', 'main']) {
          await runBuild(engine.create(), {
            dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()}\n`,
            options: { ...none, cacheTo: [{ type: 'local', path, tag, mode: 'max' }] },
          });
        }
        expect(manifestsIn(path).map(({ tag }) => tag)).toEqual(['next', 'main']);
      }),
  },
  {
    title: 'does not take steps from a cache whose content was changed',
    onClassic: 'refused',
    lackedBy: isGraph,
    run: (engine) =>
      withDirectory(async (path) => {
        const build = { dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()} > /mark\nRUN cat /mark\n` };
        await runBuild(engine.create(), {
          ...build,
          options: { ...none, cacheTo: [{ type: 'local', path, mode: 'max' }] },
        });
        for (const name of readdirSync(join(path, 'blobs/sha256'))) {
          const blob = join(path, 'blobs/sha256', name);
          const bytes = readFileSync(blob);
          bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
          writeFileSync(blob, bytes);
        }
        await engine.docker.prune();
        const options = { ...none, cacheFrom: [{ type: 'local' as const, path }] };
        const outcome = await runBuild(engine.create(), { ...build, options }).catch(
          (error: unknown) => error,
        );
        const cached =
          outcome instanceof Error ? [] : (outcome as Awaited<ReturnType<typeof runBuild>>).events;
        expect(
          cached.filter((event) => event.type === 'cached' && event.step.instruction?.startsWith('RUN')),
        ).toEqual([]);
      }),
  },
  {
    title: 'builds on an image that lies here',
    onClassic: 'refused',
    lackedBy: isGraph,
    run: (engine) =>
      withDirectory(async (path) => {
        const archive = join(path, 'image.tar');
        await runBuild(engine.create(), {
          dockerfile: 'FROM busybox:local\nRUN echo here > /here\n',
          options: { tags: [uniqueTag()], outputs: [{ type: 'oci', destination: archive }] },
        });
        const layout = join(path, 'layout');
        mkdirSync(layout);
        execFileSync('tar', ['--extract', '--file', archive, '--directory', layout]);
        const digest = manifestsIn(layout)[0]?.digest ?? '';
        const { log } = await runBuild(engine.create(), {
          dockerfile: 'FROM base\nRUN cat /here\n',
          namedContexts: { base: { layout, digest } },
          options: none,
        });
        expect(log).toBe('here');
      }),
  },
  {
    title: 'says which image a layout lacks',
    onClassic: 'refused',
    lackedBy: isGraph,
    run: (engine) =>
      withDirectory(async (path) => {
        const error = await errorOf(
          runBuild(engine.create(), {
            dockerfile: 'FROM base\n',
            namedContexts: { base: { layout: path, tag: 'gone' } },
            options: none,
          }),
        );
        if (error.code === 'unsupported-feature') throw error;
        expect(error.code).toBe('context-missing');
        expect(error.message).toContain('"gone"');
      }),
  },
];

function manifestsIn(path: string): readonly { readonly digest: string; readonly tag: string | undefined }[] {
  const index = JSON.parse(readFileSync(join(path, 'index.json'), 'utf8')) as {
    readonly manifests: readonly {
      readonly digest: string;
      readonly annotations?: Readonly<Record<string, string>>;
    }[];
  };
  return index.manifests.map(({ digest, annotations }) => ({
    digest,
    tag: annotations?.['org.opencontainers.image.ref.name'],
  }));
}
