import { expect, test } from 'vitest';
import { createDockerfile } from '../../src/ast/dockerfile.ts';
import { toGraph } from '../../src/graph/to-graph.ts';
import { toDockerfile } from '../../src/to-dockerfile.ts';
import { kitchenSink } from './kitchen-sink/stages.ts';
import { windows } from './windows/stages.ts';

test.each(['modern', 'buildkit', 'classic'] as const)('prints every instruction for %s', async (profile) => {
  const text = toDockerfile(kitchenSink(profile), { profile });
  await expect(text).toMatchFileSnapshot(`kitchen-sink/${profile}.Dockerfile`);
});

test('prints Windows paths with a backtick as escape token', async () => {
  const graph = createDockerfile({ ...toGraph(windows), escape: '`' });
  await expect(toDockerfile(graph)).toMatchFileSnapshot('windows/Dockerfile');
});
