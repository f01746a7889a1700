import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { go } from './go.ts';

const files = memoryFiles({});

test('the final stage has a shell exactly where the runtime has one', () => {
  expectTypeOf(go({ files }).final.run).parameter(0).not.toEqualTypeOf<string>();
  // @ts-expect-error distroless has no shell
  () => go({ files }).final.run('ls');
  () => go({ files, runtime: slim() }).final.run('ls');
  () => go({ files }).debug?.run('ls');
});
