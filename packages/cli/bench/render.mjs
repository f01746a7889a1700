// What `stagecraft render` costs on a small file, next to starting Node and loading an empty TypeScript file.
// Needs a build: `pnpm run build`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'stagecraft-bench-'));
const rounds = 15;
const ceiling = 2.5;

try {
  mkdirSync(join(directory, 'node_modules/@stagecraft'), { recursive: true });
  symlinkSync(join(cli, '../core'), join(directory, 'node_modules/@stagecraft/core'));
  writeFileSync(join(directory, 'empty.ts'), 'export {};\n');
  writeFileSync(
    join(directory, 'image.ts'),
    "import { final } from '@stagecraft/core';\nexport default final().from('scratch').copy('app', '/app');\n",
  );
  const loader = `import { createJiti } from ${JSON.stringify(import.meta.resolve('jiti'))};
await createJiti(import.meta.url).import(${JSON.stringify(join(directory, 'empty.ts'))});`;
  const bare = medianMs(['-e', '0']);
  const loading = medianMs(['--input-type=module', '-e', loader]);
  const render = medianMs([join(cli, 'dist/stagecraft.js'), 'render', 'image.ts']);
  const ratio = render / loading;
  console.log(
    `node ${bare.toFixed(0)} ms, with the loader ${loading.toFixed(0)} ms, render ${render.toFixed(0)} ms: ${ratio.toFixed(2)}x`,
  );
  if (ratio > ceiling) throw new Error(`More than ${ceiling}x.`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/**
 * @param {readonly string[]} args
 * @returns {number}
 */
function medianMs(args) {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - started;
  });
  return times.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? Number.NaN;
}
