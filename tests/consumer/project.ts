import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../../scripts/lib/pack.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { type PackageRegistry, serveTarballs } from './registry.ts';

export const root: string = fileURLToPath(new URL('../../', import.meta.url));

/** The packed packages, served on loopback, and a place for projects that install them. */
export interface Workshop {
  readonly cliTarball: string;
  /** A new, empty project that knows where `@stagecraft` packages come from. */
  project(name: string): Project;
  close(): void;
}

export interface Project {
  readonly directory: string;
  write(path: string, content: string): void;
  run(command: string, args: readonly string[]): Promise<ProjectRun>;
}

export interface ProjectRun {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** Packs core, presets and the command as they are published. They must have been built. */
export async function openWorkshop(): Promise<Workshop> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'stagecraft-consumer-')));
  const packPackage = (name: string): Promise<string> => pack(join(root, 'packages', name), directory);
  const [core, presets, cliTarball] = await Promise.all([
    packPackage('core'),
    packPackage('presets'),
    packPackage('cli'),
  ]);
  const registry: PackageRegistry = await serveTarballs([core, presets]);
  return {
    cliTarball,
    project: (name) => createProject(join(directory, name), registry.npmrc),
    close: () => {
      registry.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function createProject(directory: string, npmrc: string): Project {
  const write = (path: string, content: string): void => {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  write('package.json', '{ "name": "consumer", "version": "1.0.0", "private": true }\n');
  write('.npmrc', npmrc);
  return {
    directory,
    write,
    run: async (command, args) => {
      const okCodes = Array.from({ length: 256 }, (_, code) => code);
      const { code, stdout, stderr } = await run(command, args, {
        cwd: directory,
        env: plainEnvironment(),
        okCodes,
      });
      return { code, stdout, output: stdout + stderr };
    },
  };
}

/** A consumer's environment: without what vitest and the pnpm that runs it have set. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:npm_|pnpm_|NODE_OPTIONS|NODE_ENV|NODE_PATH|VITEST|INIT_CWD)/iu;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}
