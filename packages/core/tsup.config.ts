import { defineConfig } from 'tsup';
import { bundleDockerode } from './bundle-dockerode.ts';

const entry = {
  index: 'src/index.ts',
  build: 'src/build.ts',
  context: 'src/context/index.ts',
  engines: 'src/engines/index.ts',
};

export default defineConfig({
  entry: {
    ...entry,
    // Not public. What two entries share becomes a chunk, and a bundler drops whole chunks that it does not need: a page
    // that only builds stages loads neither printer, parser nor schema.
    'shared/builder': 'src/builder/index.ts',
    'shared/index': 'src/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: { entry },
  sourcemap: true,
  clean: true,
  target: 'es2022',
  // Entry points share their code also as CommonJS, so that the call sites kept by one are known to all.
  splitting: true,
  removeNodeProtocol: false,
  esbuildOptions: (options, { format }) => {
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
  },
  // Loading all of zod takes as long as starting Node; the part that is used takes a tenth of that. The messages of the
  // engines' protocols would be read from 66 files.
  noExternal: ['zod', /^@bufbuild\/protobuf/],
  esbuildPlugins: [bundleDockerode()],
});
