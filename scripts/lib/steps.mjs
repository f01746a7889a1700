import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What a step came to.
 * @typedef {object} Outcome
 * @property {string} title
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} notes Lines for the summary: what failed to load, what was skipped and why.
 * @property {number} seconds
 */

/**
 * Runs one command that passes or fails as a whole.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Outcome>}
 */
export async function commandStep(title, command, args) {
  const { code, seconds } = await show(title, command, args);
  const ok = code === 0;
  return { title, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, notes: [], seconds };
}

/**
 * Runs the tests of one vitest project and counts them.
 * @param {string} title
 * @param {string} project
 * @returns {Promise<Outcome>}
 */
export async function vitestStep(title, project) {
  mkdirSync(join(root, 'temp'), { recursive: true });
  const reportPath = join(root, 'temp', `vitest-${project}.json`);
  rmSync(reportPath, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const { code, seconds } = await show(title, 'vitest', ['run', '--project', project, ...reporters]);
  return { title, ...countTests(reportPath, code), seconds };
}

/**
 * Reads vitest's JSON report. A run that crashed, or that found no test, counts as one failure.
 * @param {string} reportPath
 * @param {number} code
 * @returns {Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'notes'>}
 */
export function countTests(reportPath, code) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1, skipped: 0, notes: ['vitest wrote no report'] };
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  /** @type {string[]} */
  const notes = [];
  let failed = report.numFailedTests;
  for (const file of report.testResults) {
    const name = file.name.replace(root, '');
    const failures = file.assertionResults.filter(isStatus('failed'));
    if (file.status === 'failed' && failures.length === 0) {
      failed += 1;
      notes.push(`failed to load: ${name}`);
    }
    for (const test of failures) notes.push(`failed: ${name} > ${test.fullName}`);
    for (const test of file.assertionResults.filter(isStatus('pending', 'skipped', 'todo'))) {
      notes.push(`skipped: ${name} > ${test.fullName}`);
    }
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  if (report.numPassedTests + failed === 0)
    return { passed: 0, failed: 1, skipped, notes: ['no test ran', ...notes] };
  // Errors outside any test (an unhandled rejection, a type error in a source) only show in the exit code.
  if (code !== 0 && failed === 0)
    return {
      passed: report.numPassedTests,
      failed: 1,
      skipped,
      notes: ['vitest ended with an error outside the tests', ...notes],
    };
  return { passed: report.numPassedTests, failed, skipped, notes };
}

/** @param {readonly string[]} statuses */
function isStatus(...statuses) {
  return (/** @type {{ status: string }} */ test) => statuses.includes(test.status);
}

/**
 * Prints how every step went and the closing line, and sets the exit code.
 * In CI a skipped test is a failure: a green run must mean that everything ran.
 * @param {readonly Outcome[]} outcomes
 */
export function summarise(outcomes) {
  console.log('\n── summary');
  for (const outcome of outcomes) {
    const verdict = outcome.failed > 0 ? 'FAILED' : 'ok';
    const skips = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    console.log(
      `${verdict.padEnd(7)}${outcome.title.padEnd(44)}${outcome.passed} passed, ${outcome.failed} failed${skips}  ${outcome.seconds.toFixed(1)} s`,
    );
    for (const note of outcome.notes) console.log(`         ${note}`);
  }
  const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  const skipped = total('skipped');
  const refuseSkips = Boolean(process.env.CI) && skipped > 0;
  if (refuseSkips) console.log(`Nothing may be skipped in CI, but ${skipped} tests were.`);
  console.log(
    `${total('passed')} passed, ${total('failed') + (refuseSkips ? 1 : 0)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  process.exitCode = total('failed') > 0 || refuseSkips ? 1 : 0;
}

/**
 * Prints a heading, then runs the command with its output going straight through.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, seconds: number }>}
 */
async function show(title, command, args) {
  console.log(`\n── ${title}\n   ${[command, ...args].join(' ').replaceAll(root, '')}`);
  const started = performance.now();
  const code = await new Promise((resolve) => {
    const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(`   ${code === 0 ? 'ok' : `FAILED (${code})`} in ${seconds.toFixed(1)} s`);
  return { code, seconds };
}
