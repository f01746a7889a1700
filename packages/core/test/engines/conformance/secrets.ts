import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { BuildEvent } from '../../../src/build/event.ts';
import type { SecretSource } from '../../../src/build/request.ts';
import { canary, canaryForms } from '../support/canary.ts';
import { errorOf } from '../support/expect-error.ts';
import { exported } from '../support/exported.ts';
import { runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';

const nothing = { outputs: [{ type: 'none' as const }], noCache: true };

/** Secrets arrive exactly, only when asked for, and come back nowhere. */
export const secretScenarios: readonly Scenario[] = [
  {
    title: 'mounts a secret byte for byte',
    onClassic: 'refused',
    run: (engine) => {
      const value = randomBytes(3000);
      const dockerfile =
        'FROM busybox:local AS b\nRUN --mount=type=secret,id=s,required cat /run/secrets/s > /copy\nFROM scratch\nCOPY --from=b /copy /\n';
      return exported(
        engine,
        { dockerfile, options: { secrets: [secret('s', value)], noCache: true } },
        async ({ directory }) => {
          const { readFileSync } = await import('node:fs');
          expect(readFileSync(`${directory}/copy`).equals(value)).toBe(true);
        },
      );
    },
  },
  {
    title: 'gives a secret the owner and mode its mount asks for',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local\nRUN --mount=type=secret,id=s,uid=123,gid=456,mode=0440,target=/here ls -ln /here\n';
      const { log } = await runBuild(engine.create(), {
        dockerfile,
        options: { ...nothing, secrets: [secret('s', 'value-of-it')] },
      });
      expect(log).toMatch(/^-r--r-----.*\b123\b.*\b456\b/mu);
    },
  },
  {
    title: 'leaves an optional secret out when there is none',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local\nRUN --mount=type=secret,id=none ls /run/secrets || echo no secret\n';
      const { log } = await runBuild(engine.create(), { dockerfile, options: nothing });
      expect(log).not.toMatch(/^none$/mu);
    },
  },
  {
    title: 'leaves an optional secret out when its provider has none',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=secret,id=none test ! -e /run/secrets/none\n';
      const source = { id: 'none', value: async () => undefined };
      await runBuild(engine.create(), { dockerfile, options: { ...nothing, secrets: [source] } });
    },
  },
  {
    title: 'fails when a required secret is missing, and names it',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local\nRUN --mount=type=secret,id=vital,required cat /run/secrets/vital\n';
      const error = await errorOf(runBuild(engine.create(), { dockerfile, options: nothing }));
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('vital');
    },
  },
  {
    title: 'asks a provider only when a step mounts its secret',
    onClassic: 'refused',
    run: async (engine) => {
      let asked = 0;
      const source = {
        id: 's',
        value: async () => {
          asked += 1;
          return Buffer.from('asked-for');
        },
      };
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN true\n',
        options: { ...nothing, secrets: [source] },
      });
      expect(asked).toBe(0);
    },
  },
  {
    title: 'does not run a step again because its secret changed',
    onClassic: 'refused',
    run: async (engine) => {
      const word = uniqueTag();
      const dockerfile = `FROM busybox:local\nRUN --mount=type=secret,id=s echo ${word}\n`;
      const build = (value: string) => ({
        dockerfile,
        options: { outputs: nothing.outputs, secrets: [secret('s', value)] },
      });
      await runBuild(engine.create(), build('first-value'));
      const { log } = await runBuild(engine.create(), build('second-value'));
      expect(log).toBe('');
    },
  },
  {
    title: 'refuses a secret over 500 KB before it is sent',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=secret,id=big cat /run/secrets/big | wc -c\n';
      const secrets = [secret('big', Buffer.alloc(512_001, 'x'))];
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile, options: { ...nothing, secrets } }),
      );
      expect(error.code).toBe('secret-too-large');
      expect(error.message).toContain('"big"');
    },
  },
  {
    title: 'mounts a secret of just 500 KB',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=secret,id=big cat /run/secrets/big | wc -c\n';
      const secrets = [secret('big', Buffer.alloc(512_000, 'x'))];
      const { log } = await runBuild(engine.create(), { dockerfile, options: { ...nothing, secrets } });
      expect(log.trim()).toBe('512000');
    },
  },
  {
    title: 'gives up on a provider that never answers',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=secret,id=slow cat /run/secrets/slow\n';
      const slow: SecretSource = { id: 'slow', value: () => new Promise(() => {}) };
      const started = Date.now();
      const options = { ...nothing, secrets: [slow], deadlines: { secretTimeoutMs: 300 } };
      const error = await errorOf(runBuild(engine.create(), { dockerfile, options }));
      expect(error.code).toBe('secret-timeout');
      expect(Date.now() - started).toBeLessThan(3000);
    },
  },
  {
    title: 'fails with the reason when a provider fails',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=secret,id=s cat /run/secrets/s\n';
      const cause = new Error('the vault is sealed');
      const source: SecretSource = { id: 's', value: () => Promise.reject(cause) };
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile, options: { ...nothing, secrets: [source] } }),
      );
      expect(error.code).toBe('secret-missing');
      expect(error.cause).toBe(cause);
    },
  },
  {
    title: 'shows a secret in no event and no error, however a step prints it',
    onClassic: 'refused',
    run: async (engine) => {
      const value = canary();
      const events: BuildEvent[] = [];
      const prints = canaryForms(value)
        .map((_, index) => `cat /forms/${index}; printf "\\n";`)
        .join(' ');
      const files = Object.fromEntries(canaryForms(value).map((form, index) => [`forms/${index}`, form]));
      const dockerfile = `FROM busybox:local\nCOPY forms /forms\nRUN --mount=type=secret,id=s cat /run/secrets/s; ${prints} cat /run/secrets/s >&2; exit 9\n`;
      const error = await errorOf(
        runBuild(
          engine.create(),
          { dockerfile, files, options: { ...nothing, secrets: [secret('s', value)] } },
          events,
        ),
      );
      const seen =
        JSON.stringify(events) +
        JSON.stringify(error) +
        error.message +
        error.hint +
        error.stack +
        JSON.stringify(error.cause);
      for (const form of canaryForms(value)) expect(seen, form).not.toContain(form);
      expect(seen).toContain('[redacted]');
    },
  },
  {
    title: 'leaves no secret in the history or the layers of an image',
    onClassic: 'refused',
    run: async (engine) => {
      const value = canary();
      const tag = uniqueTag();
      const dockerfile =
        'FROM busybox:local\nRUN --mount=type=secret,id=s test -s /run/secrets/s && echo done > /done\n';
      await runBuild(engine.create(), {
        dockerfile,
        options: { tags: [tag], noCache: true, secrets: [secret('s', value)], outputs: [{ type: 'load' }] },
      });
      const history = JSON.stringify(await engine.docker.history(tag));
      const archive = await engine.docker.save(tag);
      await engine.docker.remove(tag);
      for (const form of canaryForms(value)) {
        expect(history).not.toContain(form);
        expect(archive.includes(form)).toBe(false);
      }
    },
  },
];

function secret(id: string, value: string | Uint8Array): SecretSource {
  return { id, value: async () => Buffer.from(value) };
}
