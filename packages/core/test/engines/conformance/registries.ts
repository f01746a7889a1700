import { expect } from 'vitest';
import type { CredentialsSource, RegistryCredentials } from '../../../src/build/credentials.ts';
import type { BuildEvent } from '../../../src/build/event.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { errorOf } from '../support/expect-error.ts';
import { minimalImage, type RegistryLogin, startRegistry, type TestRegistry } from '../support/registry.ts';
import { runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';

const login = { username: 'user', password: 'Pass"word ünï' };

/** Pulling, pushing and caches with registries that want a login, and that no other gets it. */
export const registryScenarios: readonly Scenario[] = [
  {
    title: 'pulls a base without logging in',
    run: (engine) =>
      withRegistry(engine, { kind: 'none' }, (registry, host) => pull(engine, registry, host, anonymous())),
  },
  {
    title: 'pulls a base with a name and password',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, (registry, host) =>
        pull(engine, registry, host, only(host, login)),
      ),
  },
  {
    title: 'pulls a base with a token got for a name and password',
    run: (engine) =>
      withRegistry(engine, { kind: 'bearer', ...login }, (registry, host) =>
        pull(engine, registry, host, only(host, login)),
      ),
  },
  {
    title: 'fails with a wrong password, and shows it nowhere',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, async (registry, host) => {
        const events: BuildEvent[] = [];
        const wrong = only(host, { username: 'user', password: 'wrong-Canary-5417' });
        const error = await errorOf(pull(engine, registry, host, wrong, events));
        expect(error.code).toBe('build-failed');
        expect(
          JSON.stringify(events) + error.message + error.stack + JSON.stringify(error.cause),
        ).not.toContain('Canary-5417');
      }),
  },
  {
    title: 'sends credentials to no other host',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, async (registry, host) => {
        const asked: string[] = [];
        const credentials: CredentialsSource = {
          find: async (name) => {
            asked.push(name);
            return name === 'registry.example.com' ? login : undefined;
          },
        };
        await errorOf(pull(engine, registry, host, credentials));
        expect(new Set(asked)).toEqual(new Set([host]));
        expect(registry.authorizations).toEqual([]);
      }),
  },
  {
    title: 'gives up on credentials that never come',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, async (registry, host) => {
        const credentials: CredentialsSource = { find: () => new Promise(() => {}) };
        const error = await errorOf(pull(engine, registry, host, credentials, [], { secretTimeoutMs: 300 }));
        expect(error.code).toBe('secret-timeout');
      }),
  },
  {
    title: 'pushes an image with a login and tells its digest',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, async (registry, host) => {
        const { result } = await runBuild(engine.create({ credentials: only(host, login) }), {
          dockerfile: 'FROM scratch\nCOPY a /\n',
          files: { a: 'A' },
          options: { tags: [`${host}/team/app:1`], outputs: [{ type: 'push', insecure: true }] },
        });
        expect(registry.manifests.has(`team/app:1`)).toBe(true);
        expect(registry.manifests.has(`team/app:${result.digest}`)).toBe(true);
        await engine.docker.remove(`${host}/team/app:1`);
      }),
  },
  {
    title: 'fails when a push is not allowed',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: (engine) =>
      withRegistry(engine, { kind: 'basic', ...login }, async (_registry, host) => {
        const error = await errorOf(
          runBuild(engine.create({ credentials: anonymous() }), {
            dockerfile: 'FROM scratch\nCOPY a /\n',
            files: { a: 'A' },
            options: { tags: [`${host}/team/app:1`], outputs: [{ type: 'push', insecure: true }] },
          }),
        );
        if (error.code === 'unsupported-feature') throw error;
        expect(error.code).toBe('build-failed');
        await engine.docker.remove(`${host}/team/app:1`);
      }),
  },
  {
    title: 'writes a cache to a registry and reads it back',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: (engine) =>
      withRegistry(engine, { kind: 'none' }, async (registry, host) => {
        const reference = `${host}/cache:main`;
        const build = {
          dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()}\n`,
          options: {
            outputs: [{ type: 'none' as const }],
            cacheTo: [{ type: 'registry' as const, reference, insecure: true, mode: 'max' as const }],
            cacheFrom: [{ type: 'registry' as const, reference, insecure: true }],
          },
        };
        await runBuild(engine.create(), build);
        expect(registry.manifests.has('cache:main')).toBe(true);
        const { events } = await runBuild(engine.create(), build);
        const names = events.flatMap((event) => (event.type === 'started' ? [event.step.name] : []));
        expect(names.some((name) => name.includes('importing cache manifest'))).toBe(true);
      }),
  },
  {
    title: 'puts a cache into the image itself',
    onClassic: 'refused',
    run: async (engine) => {
      const tag = uniqueTag();
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN echo cached inline > /x\n',
        options: { tags: [tag], cacheTo: [{ type: 'inline' }], outputs: [{ type: 'load' }] },
      });
      const archive = await engine.docker.save(tag);
      await engine.docker.remove(tag);
      expect(archive.includes('moby.buildkit.cache.v0')).toBe(true);
    },
  },
];

async function withRegistry(
  engine: EngineUnderTest,
  kind: RegistryLogin,
  work: (registry: TestRegistry, host: string) => Promise<void>,
): Promise<void> {
  const registry = await startRegistry(kind);
  try {
    const host = `127.0.0.1:${await engine.expose(registry.socketPath)}`;
    registry.setAddress(host);
    await work(registry, host);
  } finally {
    await registry.close();
  }
}

async function pull(
  engine: EngineUnderTest,
  registry: TestRegistry,
  host: string,
  credentials: CredentialsSource,
  events: BuildEvent[] = [],
  deadlines = {},
): Promise<void> {
  registry.put('base/image', 'v1', minimalImage());
  await runBuild(
    engine.create({ credentials }),
    {
      dockerfile: `FROM ${host}/base/image:v1\nCOPY a /\n`,
      files: { a: 'A' },
      options: { outputs: [{ type: 'none' }], pull: true, deadlines },
    },
    events,
  );
  if (registry.manifests.size === 0) throw new Error('Nothing was served.');
}

function only(host: string, credentials: RegistryCredentials): CredentialsSource {
  return { find: async (name) => (name === host ? credentials : undefined) };
}

function anonymous(): CredentialsSource {
  return { find: async () => undefined };
}
