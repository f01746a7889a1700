import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { stagecraft: 'src/stagecraft.ts' },
  format: ['esm'],
  sourcemap: true,
  clean: true,
  target: 'es2022',
});
