// The main job of the README: prints the Dockerfiles of the calculator; builds and runs the images where a daemon can be had.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBases } from './bases.mjs';
import { ensureDaemon } from './daemon.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = 'examples/go-calculator/compare.ts';
const bases = ['golang:1.21', 'debian:bookworm-slim', 'gcr.io/distroless/static-debian13:nonroot'];

/**
 * Runs a command of this repository with its output shown; ends the process when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 */
function step(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

step('pnpm', ['--silent', 'build']);

const daemon = await ensureDaemon().catch((error) => error);
if (daemon instanceof Error) {
  step(process.execPath, ['scripts/run-typescript.mjs', example, '--render-only']);
  console.error(
    `\nSkipped: building and running the four images. No Docker daemon can be had here: ${daemon.message}`,
  );
} else {
  try {
    await ensureBases(bases, { log: (line) => console.error(line) });
    step(process.execPath, ['scripts/run-typescript.mjs', example]);
  } finally {
    await daemon.stop();
  }
}
