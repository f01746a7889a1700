import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plant, type RunResult, root, runTool } from './planted.ts';

/** Runs `.ci/run` with an npm that only says what it is told to. */
function runCi(npm: string): { readonly code: number; readonly lastLine: string; readonly output: string } {
  const directory = plant({ 'bin/npm': `#!/bin/sh\n${npm}\n` });
  chmodSync(join(directory, 'bin/npm'), 0o755);
  mkdirSync(join(directory, '.ci'));
  copyFileSync(join(root, '.ci/run'), join(directory, '.ci/run'));
  const path = `PATH=${directory}/bin:/usr/bin:/bin`;
  const { code, stdout, output } = runTool(directory, 'env', [path, 'bash', '.ci/run']);
  return { code, lastLine: stdout.trim().split('\n').at(-1) ?? '', output };
}

describe('.ci/run', () => {
  it('adds up the counts of the check and of the tests', () => {
    const result = runCi(
      'case "$*" in *check*) echo "12 passed, 0 failed";; test) echo "30 passed, 0 failed";; esac',
    );
    expect(result).toMatchObject({ code: 0, lastLine: '42 passed, 0 failed' });
  });

  it('leaves the unit tests to npm test', () => {
    expect(runCi('echo "called with: $*"; echo "1 passed, 0 failed"').output).toContain(
      'called with: run check -- --leave-unit',
    );
  });

  it('fails when a test failed', () => {
    const npm =
      'case "$*" in *check*) echo "12 passed, 0 failed";; test) echo "29 passed, 1 failed"; exit 1;; esac';
    expect(runCi(npm)).toMatchObject({ code: 1, lastLine: '41 passed, 1 failed' });
  });

  it('fails when a command ends without its counts', () => {
    const npm =
      'case "$*" in *check*) echo "12 passed, 0 failed";; test) echo "out of memory"; exit 137;; esac';
    expect(runCi(npm)).toMatchObject({ code: 1, lastLine: '12 passed, 1 failed' });
  });

  it('fails when a command counts no failure and yet ends with an error', () => {
    const npm =
      'case "$*" in *check*) echo "12 passed, 0 failed";; test) echo "30 passed, 0 failed"; exit 1;; esac';
    expect(runCi(npm)).toMatchObject({ code: 1, lastLine: '42 passed, 1 failed' });
  });

  it('fails when nothing could be installed', () => {
    expect(runCi('exit 1')).toMatchObject({ code: 1, lastLine: '0 passed, 1 failed' });
  });
});

describe('without a Docker daemon', () => {
  function daemonStep(ci: string): RunResult {
    const script = `import { daemonStep } from '${root}scripts/lib/daemon-step.mjs';
import { summarise } from '${root}scripts/lib/steps.mjs';
summarise([{ title: 'units', passed: 5, failed: 0, skipped: 0, notes: [], seconds: 1 }, await daemonStep()]);`;
    const directory = plant({ 'run.mjs': script });
    const environment = [`CI=${ci}`, `DOCKER_HOST=unix://${directory}/no.sock`];
    return runTool(directory, 'env', [...environment, process.execPath, 'run.mjs']);
  }

  it('npm test says aloud what it skipped', () => {
    const { code, stdout } = daemonStep('');
    expect(stdout).toContain('!! SKIPPED: tests on a Docker daemon. No Docker daemon answers at DOCKER_HOST');
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^5 passed, 0 failed, \d+ skipped$/u);
    expect(code).toBe(0);
  });

  it('CI fails', () => {
    const { code, stdout } = daemonStep('true');
    expect(stdout).toContain('!! FAILED: tests on a Docker daemon. No Docker daemon answers at DOCKER_HOST');
    expect(stdout.trim().split('\n').at(-1)).toBe('5 passed, 1 failed');
    expect(code).toBe(1);
  });
});
