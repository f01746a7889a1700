import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';

// Packages resolve to their TypeScript sources, so tests need no build.
const conditions = ['@stagecraft/source'];
const onSources = { resolve: { conditions }, ssr: { resolve: { conditions } } };
const never = ['**/node_modules/**', '**/dist/**'];

/** Fast tests of the sources, and the type tests. */
const unit: TestProjectInlineConfiguration = {
  ...onSources,
  test: {
    name: 'unit',
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'examples/**/*.test.ts',
      'tests/docs/**/*.test.ts',
    ],
    exclude: [...never, '**/*.daemon.test.ts'],
    typecheck: {
      enabled: true,
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: './tsconfig.type-tests.json',
    },
    testTimeout: 60_000,
  },
};

/** Tests that need a Docker daemon: one file at a time, since they share it. */
const daemon: TestProjectInlineConfiguration = {
  ...onSources,
  test: {
    name: 'daemon',
    include: [
      'packages/*/{src,test}/**/*.daemon.test.ts',
      'examples/**/*.daemon.test.ts',
      'tests/**/*.daemon.test.ts',
    ],
    exclude: never,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
};

/** Every gate of `pnpm check`, fed with something it must refuse. */
const gates: TestProjectInlineConfiguration = {
  test: {
    name: 'gates',
    include: ['tests/gates/**/*.test.ts'],
    exclude: never,
    testTimeout: 120_000,
  },
};

/** The packed packages as a user installs them. Needs a build. */
const consumer: TestProjectInlineConfiguration = {
  test: {
    name: 'consumer',
    include: ['tests/{consumer,ts-compat}/**/*.test.ts'],
    exclude: [...never, '**/*.daemon.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
};

/** The site as a reader opens it. Needs Chromium. */
const site: TestProjectInlineConfiguration = {
  test: {
    name: 'site',
    include: ['tests/site/**/*.test.ts'],
    exclude: never,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
};

const config: ViteUserConfig = { test: { projects: [unit, daemon, gates, consumer, site] } };

export default config;
