import { defineConfig } from 'tsup';
import { bundleDockerode } from './bundle-dockerode.ts';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    build: 'src/build.ts',
    context: 'src/context/index.ts',
    engines: 'src/engines/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  sourcemap: true,
  clean: true,
  target: 'es2022',
  // Entry points share their code also as CommonJS, so that the call sites kept by one are known to all.
  splitting: true,
  removeNodeProtocol: false,
  esbuildOptions: (options, { format }) => {
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' };
  },
  // Loading all of zod takes as long as starting Node; the part that is used takes a tenth of that.
  noExternal: ['zod'],
  esbuildPlugins: [bundleDockerode()],
});
