// Everything CI checks, in order. Goes on after a failure, so that one run shows all of them.
import { commandStep, summarise, vitestStep } from './lib/steps.mjs';

const leaveUnit = process.argv.includes('--leave-unit');
const node = process.execPath;

/** @type {(() => Promise<import('./lib/steps.mjs').Outcome>)[]} */
const steps = [
  () => commandStep('format, lint and import direction', 'biome', ['check', '--error-on-warnings', '.']),
  () => commandStep('types of the pure part, without Node', 'tsc', ['-p', 'packages/core']),
  () => commandStep('types of core', 'tsc', ['-p', 'packages/core/tsconfig.node.json']),
  () => commandStep('types of presets', 'tsc', ['-p', 'packages/presets']),
  () => commandStep('types of the command', 'tsc', ['-p', 'packages/cli']),
  () => commandStep('types of examples, scripts and tests', 'tsc', ['-p', '.']),
  ...(leaveUnit ? [] : [() => vitestStep('unit and type tests', 'unit')]),
  () => commandStep('build', 'pnpm', ['run', 'build']),
  () => commandStep('public API reports', node, ['scripts/api-report.mjs']),
  () => commandStep('package shape', node, ['scripts/lint-package.mjs']),
  () => commandStep('unused files, exports and dependencies', 'knip', []),
  () => commandStep('size of the pure entry', node, ['scripts/size.mjs']),
  () => vitestStep('planted failures: every gate refuses', 'gates'),
  () => vitestStep('installed as a consumer', 'consumer'),
];

const outcomes = [];
for (const step of steps) outcomes.push(await step());
summarise(outcomes);
