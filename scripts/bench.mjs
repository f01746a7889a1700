// Runs every benchmark of every package on the built output, one after the other.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandStep, root } from './lib/steps.mjs';

const benches = readdirSync(join(root, 'packages')).flatMap((name) => {
  const folder = join('packages', name, 'bench');
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => join(folder, file));
});

const build = await commandStep('build', 'pnpm', ['run', '--silent', 'build']);
const outcomes = build.failed > 0 ? [build] : [];
if (build.failed === 0) {
  for (const bench of benches) outcomes.push(await commandStep(bench, process.execPath, [bench]));
}
const failed = outcomes.filter((outcome) => outcome.failed > 0);
console.log(`\n${outcomes.length - failed.length} benchmarks within their limits, ${failed.length} not.`);
process.exitCode = failed.length > 0 ? 1 : 0;
