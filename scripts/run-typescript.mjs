// Runs a TypeScript file on any supported Node: `node scripts/run-typescript.mjs file.ts [argument…]`.
import { resolve } from 'node:path';
import { createJiti } from 'jiti';

const [, , file, ...rest] = process.argv;
if (file === undefined) {
  console.error('Usage: node scripts/run-typescript.mjs <file.ts> [argument…]');
  process.exit(2);
}
process.argv = [process.execPath, resolve(file), ...rest];
await createJiti(import.meta.url).import(resolve(file));
