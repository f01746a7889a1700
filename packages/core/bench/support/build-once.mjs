// One build of a directory, and how long the call took.
import { final } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';

const [, , context = '.', tag = ''] = process.argv;
const started = performance.now();
await build(final().from('scratch').copy('.', '/'), { context, tags: [tag] });
console.log(`call ${Math.round(performance.now() - started)} ms`);
