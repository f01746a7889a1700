import { toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { go } from '../go/go.ts';
import { node } from '../node/node.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { chainguard, chiseled, hardened } from './hardened.ts';

const goFiles = memoryFiles({ 'go.mod': 'module a\n' });
const nodeFiles = memoryFiles({ 'package.json': '{"main":"a.js"}', 'package-lock.json': '{}', 'a.js': '' });

test.each([
  ['cgr.dev/chainguard/static:latest', chainguard],
  ['dhi.io/static:20260413', hardened],
  ['ubuntu/chiselled:26.04', chiseled],
] as const)('%s runs a Go binary as the user it has', (image, family) => {
  const text = toDockerfile(go({ files: goFiles, runtime: family(image) }).final);
  expect(text).toContain(`FROM ${image}\n`);
  expect(text).not.toContain('USER');
});

test('an interpreter that the image starts is not repeated', () => {
  const runtime = chainguard('cgr.dev/chainguard/node:24', {
    language: 'node',
    interpreter: '/usr/bin/node',
  });
  expect(toDockerfile(node({ files: nodeFiles, runtime }).final)).toMatch(/\nCMD \["a.js"\]\n$/u);
});
