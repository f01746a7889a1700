import { defineConfig } from 'tsup';

const shared = { sourcemap: true, target: 'es2022' } as const;

export default defineConfig([
  { ...shared, entry: { stagecraft: 'src/stagecraft.ts' }, format: ['esm'] },
  // What a stagecraft.config.ts imports.
  { ...shared, entry: { index: 'src/index.ts' }, format: ['esm', 'cjs'], dts: true },
]);
