import { describe, expect, it } from 'vitest';
import { countTests } from '../../scripts/lib/steps.mjs';
import { plant, root, runTool } from './planted.ts';

const steps = `${root}scripts/lib/steps.mjs`;

function report(text: string): string {
  const directory = plant({
    'vitest.config.mjs': 'export default {};\n',
    'planted.test.ts': `import { expect, it } from 'vitest';\n${text}`,
  });
  const { code } = runTool(directory, 'vitest', ['run', '--reporter=json', '--outputFile.json=report.json']);
  return JSON.stringify(countTests(`${directory}/report.json`, code));
}

function count(text: string): ReturnType<typeof countTests> {
  return JSON.parse(report(text));
}

function summarise(
  outcomes: readonly object[],
  ci: boolean,
): { readonly code: number; readonly lastLine: string } {
  const script = `import { summarise } from '${steps}'; summarise(${JSON.stringify(outcomes)});`;
  const directory = plant({ 'run.mjs': script });
  const { code, stdout } = runTool(directory, 'env', [`CI=${ci ? 'true' : ''}`, process.execPath, 'run.mjs']);
  return { code, lastLine: stdout.trim().split('\n').at(-1) ?? '' };
}

describe('counting tests', () => {
  it('counts what passed and failed, and names the failures', () => {
    const result = count("it('holds', () => {});\nit('breaks', () => expect(1).toBe(2));\n");
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
    expect(result.notes).toEqual([expect.stringContaining('planted.test.ts > breaks')]);
  });

  it('counts a file that fails to load as a failure', () => {
    const result = count("throw new Error('not today');\n");
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.notes).toEqual([expect.stringContaining('failed to load: ')]);
  });

  it('counts an error outside the tests as a failure', () => {
    const result = count("it('holds', () => { Promise.reject(new Error('late')); });\n");
    expect(result).toMatchObject({ failed: 1 });
  });

  it('counts and names what was skipped', () => {
    const result = count("it('holds', () => {});\nit.skip('waits', () => {});\nit.todo('comes');\n");
    expect(result).toMatchObject({ passed: 1, failed: 0, skipped: 2 });
    expect(result.notes).toEqual([
      expect.stringContaining('planted.test.ts > waits'),
      expect.stringContaining('planted.test.ts > comes'),
    ]);
  });

  it('does not take a run without any test for a green one', () => {
    expect(count("it.skip('waits', () => {});\n")).toMatchObject({ passed: 0, failed: 1 });
    expect(countTests('/nowhere/report.json', 0)).toMatchObject({
      failed: 1,
      notes: ['vitest wrote no report'],
    });
  });
});

describe('the closing line', () => {
  const green = { title: 'a', passed: 3, failed: 0, skipped: 0, notes: [], seconds: 1 };

  it('adds up and passes', () => {
    expect(summarise([green, green], true)).toEqual({ code: 0, lastLine: '6 passed, 0 failed' });
  });

  it('fails when one step failed', () => {
    expect(summarise([green, { ...green, passed: 0, failed: 2 }], false)).toEqual({
      code: 1,
      lastLine: '3 passed, 2 failed',
    });
  });

  it('tells of skipped tests, and fails on them in CI', () => {
    const skipping = [{ ...green, skipped: 4 }];
    expect(summarise(skipping, false)).toEqual({ code: 0, lastLine: '3 passed, 0 failed, 4 skipped' });
    expect(summarise(skipping, true)).toEqual({ code: 1, lastLine: '3 passed, 1 failed, 4 skipped' });
  });
});
