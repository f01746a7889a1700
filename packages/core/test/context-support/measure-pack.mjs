// Packs a directory into nothing and prints what it took: measure-pack.mjs <bundle> <directory>
import { pathToFileURL } from 'node:url';

const [, , bundle, directory] = process.argv;
const { packContext, planContext } = await import(pathToFileURL(bundle).href);
const plan = await planContext({ directory });
let bytes = 0;
let largestChunk = 0;
for await (const chunk of packContext(plan)) {
  bytes += chunk.length;
  largestChunk = Math.max(largestChunk, chunk.length);
}
let entries = 0;
for await (const _entry of plan.entries()) entries += 1;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ ...plan.totals, packed: bytes, entries, largestChunk, peakBytes }));
