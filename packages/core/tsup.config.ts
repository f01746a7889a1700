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
  shims: true,
  esbuildPlugins: [bundleDockerode()],
});
