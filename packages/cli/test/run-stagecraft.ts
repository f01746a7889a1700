import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

// Command and image files run from the sources, so that no build is needed.
const sources = {
  '@stagecraft/core/build': 'packages/core/src/build.ts',
  '@stagecraft/core/context': 'packages/core/src/context/index.ts',
  '@stagecraft/core/engines': 'packages/core/src/engines/index.ts',
  '@stagecraft/core': 'packages/core/src/index.ts',
  '@stagecraft/presets': 'packages/presets/src/index.ts',
  stagecraft: 'packages/cli/src/index.ts',
};
const alias = JSON.stringify(
  Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, join(root, path)])),
);

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new directory whose files find our packages. */
export function newDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'stagecraft-command-')));
  const scope = join(directory, 'node_modules/@stagecraft');
  mkdirSync(scope, { recursive: true });
  for (const name of ['core', 'presets']) symlinkSync(join(root, 'packages', name), join(scope, name));
  return directory;
}

/** How the command is started from its sources. */
export function commandLine(args: readonly string[]): readonly string[] {
  return [
    process.execPath,
    join(root, 'scripts/run-typescript.mjs'),
    join(root, 'packages/cli/src/stagecraft.ts'),
    ...args,
  ];
}

/** The environment that the command needs to run from its sources. */
export function commandEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, JITI_ALIAS: alias };
}

/** Runs the command as a process. */
export function runStagecraft(directory: string, args: readonly string[]): Promise<Run> {
  const [program = '', ...rest] = commandLine(args);
  const options = { cwd: directory, env: { ...commandEnvironment(), NO_COLOR: '1' } };
  return new Promise((resolve) => {
    const child = execFile(program, rest, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
