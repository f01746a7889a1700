import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { SshSource } from '../../../src/build/ssh-source.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { errorOf } from '../support/expect-error.ts';
import type { MemoryFile } from '../support/memory-context.ts';
import { runBuild } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';
import { programFiles, startAgent } from '../support/ssh-agent.ts';
import { withDirectory } from '../support/temporary.ts';

/** Agents are lent to steps, and only lent. */
export const sshScenarios: readonly Scenario[] = [
  {
    title: 'lends a running agent to a step',
    onClassic: 'refused' as const,
    run: (engine) =>
      withDirectory(async (directory) => {
        const agent = await startAgent(directory);
        try {
          const log = await sshAdd(engine, '-l', [{ id: 'default', agentSocket: agent.socketPath }]);
          expect(log.trim()).toBe(agent.list().trim());
        } finally {
          agent.stop();
        }
      }),
  },
  {
    title: 'lets no step change a running agent',
    onClassic: 'refused' as const,
    run: (engine) =>
      withDirectory(async (directory) => {
        const agent = await startAgent(directory);
        try {
          const before = agent.list();
          await sshAdd(engine, '-D; true', [{ id: 'default', agentSocket: agent.socketPath }]);
          expect(agent.list()).toBe(before);
        } finally {
          agent.stop();
        }
      }),
  },
  ...['ed25519', 'rsa', 'ecdsa'].map((type) => ({
    title: `signs with an ${type} key from a file`,
    onClassic: 'refused' as const,
    run: (engine: EngineUnderTest) =>
      withDirectory(async (directory) => {
        const keyPath = join(directory, 'key');
        execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'from a file', '-f', keyPath]);
        const files = { 'key.pub': readFileSync(`${keyPath}.pub`) };
        const log = await sshAdd(
          engine,
          '-T /key.pub && echo signed',
          [{ id: 'default', keyFiles: [keyPath] }],
          files,
        );
        expect(log).toContain('signed');
      }),
  })),
  {
    title: 'fails when a step wants an agent that was not given',
    onClassic: 'refused' as const,
    run: async (engine) => {
      const dockerfile = 'FROM busybox:local\nRUN --mount=type=ssh,id=deploy,required true\n';
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile, options: { outputs: [{ type: 'none' }], noCache: true } }),
      );
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('deploy');
    },
  },
  {
    title: 'refuses a key with a passphrase before the build starts',
    onClassic: 'refused' as const,
    run: (engine) =>
      withDirectory(async (directory) => {
        const keyPath = join(directory, 'key');
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret words', '-f', keyPath]);
        const error = await errorOf(sshAdd(engine, '-l', [{ id: 'default', keyFiles: [keyPath] }]));
        expect(error.code).toBe('invalid-value');
        expect(error.message).toContain('passphrase');
        expect(error.hint).toContain('agentSocket');
      }),
  },
  {
    title: 'fails when the agent does not run',
    onClassic: 'refused' as const,
    run: (engine) =>
      withDirectory(async (directory) => {
        const socketPath = join(directory, 'nobody');
        writeFileSync(socketPath, '');
        const error = await errorOf(sshAdd(engine, '-l', [{ id: 'default', agentSocket: socketPath }]));
        expect(error.message).toContain('agent "default"');
      }),
  },
];

async function sshAdd(
  engine: EngineUnderTest,
  command: string,
  ssh: readonly SshSource[],
  more: Readonly<Record<string, MemoryFile>> = {},
): Promise<string> {
  const program = Object.entries(programFiles('/usr/bin/ssh-add'));
  const files = Object.fromEntries(
    program.map(([path, source]) => [path, { content: readFileSync(source), mode: 0o755 }]),
  );
  const { log } = await runBuild(engine.create(), {
    dockerfile: `FROM busybox:local\nCOPY . /\nRUN --mount=type=ssh /usr/bin/ssh-add ${command}\n`,
    files: { ...files, ...more },
    identity: 'ssh-add program',
    options: { ssh, outputs: [{ type: 'none' }], noCache: true },
  });
  return log;
}
