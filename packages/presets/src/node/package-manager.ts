import { StagecraftError } from '@stagecraft/core';
import * as z from 'zod';
import type { ProjectFiles } from '../project/project-files.ts';
import type { ToolCache } from '../service/project-steps.ts';
import type { ServiceSettings } from '../service/service-options.ts';
import { readManifest } from '../workspace/read-manifest.ts';

export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** How a package manager installs exactly what its lockfile says. */
export interface PackageManager {
  readonly name: PackageManagerName;
  /** Brings the package manager itself; absent where the builder has it. */
  readonly setup?: string;
  /** Files an installation reads. */
  readonly reads: readonly string[];
  readonly cache: ToolCache;
  /** Installs everything, for the build. */
  readonly install: string;
  /** Installs what the program needs at run time. */
  readonly installProduction: string;
  /** Runs a script of `package.json`. */
  readonly run: (script: string) => string;
  /** Files that say when something was installed, so that no two installations are the same. */
  readonly dated: readonly string[];
  /** Takes away what only the build needed; absent where the tool can't. */
  readonly prune?: string;
  /** For one service of a workspace whose packages share one `node_modules`; absent where the tool can't. */
  readonly shared?: SharedInstall;
}

/** A member of a workspace. */
export interface Member {
  readonly name: string;
  readonly directory: string;
}

/** How one service of a workspace is installed into the `node_modules` of its root. */
export interface SharedInstall {
  readonly install: (service: Member) => string;
  readonly installProduction: (service: Member) => string;
  readonly run: (script: string, member: Member) => string;
}

const packageJson = z.looseObject({
  name: z.string().optional(),
  packageManager: z.string().optional(),
  main: z.string().optional(),
  scripts: z.record(z.string(), z.string()).optional(),
});

export type PackageJson = Readonly<{
  name?: string | undefined;
  packageManager?: string | undefined;
  main?: string | undefined;
  scripts?: Readonly<Record<string, string>> | undefined;
}>;

/** What presets read of `package.json`; throws `project-unsupported` when there is none. */
export function readPackageJson(files: ProjectFiles, path = 'package.json'): PackageJson {
  const found = readManifest(files, path, packageJson);
  if (found !== undefined) return found;
  throw new StagecraftError('project-unsupported', 'The Node.js project has no "package.json".', {
    hint: 'Run "npm init" and commit the file.',
  });
}

/** Throws `project-unsupported` where tests are asked for and `package.json` has none. */
export function requireTestScript(
  { tests, testCommand }: Pick<ServiceSettings, 'tests' | 'testCommand'>,
  { scripts = {} }: PackageJson,
): void {
  if (tests === false || testCommand !== undefined || Object.hasOwn(scripts, 'test')) return;
  throw new StagecraftError('project-unsupported', 'The "package.json" has no script "test".', {
    hint: 'Add it, or say how the tests are run with the option "testCommand".',
  });
}

/** Versions that are installed when `packageManager` names none. */
const versions = { pnpm: '10.34.9', yarn: '1.22.22', bun: '1.4.5' } as const;

/** What a project may say about how its packages are installed. */
export interface InstallOptions {
  /** Where there are several lockfiles. */
  readonly packageManager?: PackageManagerName | undefined;
  /** Packages run no scripts of their own. */
  readonly ignoreScripts?: boolean | undefined;
}

/**
 * The package manager whose lockfile the project has, in the version `package.json` pins.
 *
 * Throws `project-unsupported` without a lockfile: what is installed would change from build to build.
 */
export function findPackageManager(
  files: ProjectFiles,
  manifest: PackageJson,
  { packageManager: wanted, ignoreScripts = false }: InstallOptions = {},
): PackageManager {
  const mayBe = (name: PackageManagerName): boolean => wanted === undefined || wanted === name;
  const scripts = ignoreScripts ? ' --ignore-scripts' : '';
  const settings = ['.npmrc'].filter(
    (name) => files.exists(name) && !holdsCredentials(files.read(name) ?? ''),
  );
  const reads = (...names: readonly string[]): readonly string[] => [
    'package.json',
    ...names.filter((name) => files.exists(name)),
    ...settings,
  ];
  if (mayBe('pnpm') && files.exists('pnpm-lock.yaml')) {
    return pnpm(
      reads('pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'patches'),
      pinned(manifest, 'pnpm'),
      scripts,
    );
  }
  if (mayBe('bun') && (files.exists('bun.lock') || files.exists('bun.lockb'))) {
    return bun(reads('bun.lock', 'bun.lockb', 'bunfig.toml'), pinned(manifest, 'bun'), scripts);
  }
  if (mayBe('yarn') && files.exists('yarn.lock')) {
    return yarn(files, reads, pinned(manifest, 'yarn'), scripts);
  }
  const lockfile = ['package-lock.json', 'npm-shrinkwrap.json'].find((name) => files.exists(name));
  if (mayBe('npm') && lockfile !== undefined) return npm(reads(lockfile), scripts);
  const what = wanted === undefined ? 'no lockfile' : `no lockfile of ${wanted}`;
  throw new StagecraftError('project-unsupported', `The Node.js project has ${what}.`, {
    hint: 'Run "npm install", "pnpm install" or "yarn" and commit the lockfile it writes.',
  });
}

/** `pnpm@11.28.11+sha512.…` pins 11.28.11. */
function pinned({ packageManager = '' }: PackageJson, name: keyof typeof versions): string {
  const [, own, found] = /^(\w+)@(\d+\.\d+\.\d+)(?:\+|$)/u.exec(packageManager) ?? [];
  return own === name && found !== undefined ? found : versions[name];
}

function holdsCredentials(text: string): boolean {
  return /_auth|_password|token/iu.test(text);
}

/** Each is told with the flag in `scripts` that packages run none of their own. */
function npm(reads: readonly string[], scripts: string): PackageManager {
  return {
    name: 'npm',
    reads,
    cache: { id: 'npm', target: '/root/.npm' },
    install: `npm ci${scripts}`,
    installProduction: `npm ci --omit=dev${scripts}`,
    run: (script) => `npm run ${script}`,
    dated: [],
    prune: 'npm prune --omit=dev',
    shared: {
      install: ({ directory }) => `npm ci${scripts} --include-workspace-root --workspace ${directory}`,
      installProduction: ({ directory }) =>
        `npm ci --omit=dev${scripts} --include-workspace-root --workspace ${directory}`,
      run: (script, { directory }) => `npm run ${script} --workspace ${directory}`,
    },
  };
}

function pnpm(reads: readonly string[], version: string, scripts: string): PackageManager {
  const install = `pnpm install --frozen-lockfile --store-dir /pnpm/store${scripts}`;
  return {
    name: 'pnpm',
    setup: `npm install --global pnpm@${version}`,
    reads,
    cache: { id: 'pnpm', target: '/pnpm/store' },
    install,
    installProduction: `${install} --prod`,
    run: (script) => `pnpm run ${script}`,
    dated: ['node_modules/.modules.yaml', 'node_modules/.pnpm-workspace-state-v1.json'],
    prune: 'pnpm --config.store-dir=/pnpm/store prune --prod',
  };
}

function bun(reads: readonly string[], version: string, scripts: string): PackageManager {
  return {
    name: 'bun',
    setup: `npm install --global bun@${version}`,
    reads,
    cache: { id: 'bun', target: '/root/.bun/install/cache' },
    install: `bun install --frozen-lockfile${scripts}`,
    installProduction: `bun install --frozen-lockfile --production${scripts}`,
    run: (script) => `bun run ${script}`,
    dated: [],
  };
}

function yarn(
  files: ProjectFiles,
  reads: (...names: readonly string[]) => readonly string[],
  version: string,
  scripts: string,
): PackageManager {
  const isClassic = !(files.read('yarn.lock') ?? '').includes('__metadata:');
  if (isClassic) {
    return {
      name: 'yarn',
      setup: `npm install --global yarn@${version}`,
      reads: reads('yarn.lock', '.yarnrc'),
      cache: { id: 'yarn', target: '/usr/local/share/.cache/yarn' },
      install: `yarn install --frozen-lockfile${scripts}`,
      installProduction: `yarn install --frozen-lockfile --production${scripts}`,
      run: (script) => `yarn run ${script}`,
      dated: [],
    };
  }
  const settings = files.read('.yarnrc.yml') ?? '';
  if (!/^nodeLinker:\s*["']?node-modules/mu.test(settings)) {
    throw new StagecraftError('project-unsupported', "The Yarn project uses Plug'n'Play.", {
      hint: 'Set "nodeLinker: node-modules" in .yarnrc.yml: the image needs plain files.',
    });
  }
  // The newer Yarn takes it from the environment only.
  const quiet = scripts === '' ? '' : 'YARN_ENABLE_SCRIPTS=0 ';
  const focus = `${quiet}yarn workspaces focus`;
  return {
    name: 'yarn',
    setup: `npm install --global @yarnpkg/cli-dist@${version === versions.yarn ? '4.12.0' : version}`,
    reads: reads('yarn.lock', '.yarnrc.yml', '.yarn/releases', '.yarn/plugins', '.yarn/patches'),
    cache: { id: 'yarn-berry', target: '/root/.yarn/berry/cache' },
    install: `${quiet}yarn install --immutable`,
    installProduction: `${focus} --all --production`,
    run: (script) => `yarn run ${script}`,
    dated: [],
    prune: `${focus} --all --production`,
    shared: {
      install: () => `${quiet}yarn install --immutable`,
      installProduction: ({ name }) => `${focus} ${name} --production`,
      run: (script, { name }) => `yarn workspace ${name} run ${script}`,
    },
  };
}
