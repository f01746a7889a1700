import { arg, context, expand, final, image, mount, stage } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { drawGraph, stageGraph, toDot, toMermaid } from './graph-command.ts';

const build = stage('build')
  .from(expand`golang:${arg('V', '1.26')}`)
  .run('make', { mounts: [mount.bind(context(), { target: '/src' }), mount.cache('/cache')] });
const graph = stageGraph(
  final()
    .distroless('static')
    .copyFrom(build, '/app', '/app')
    .copyFrom(image('nginx:1.30'), '/etc/nginx/mime.types', '/')
    .copyFrom(context('assets'), '/a', '/a'),
);

test('knows stages, images and contexts, and what is made from what', () => {
  expect(graph).toEqual({
    stages: ['build', 'final'],
    images: ['golang:${V}', 'gcr.io/distroless/static-debian13:nonroot', 'nginx:1.30'],
    contexts: ['build context', 'assets'],
    edges: [
      { from: 'golang:${V}', to: 'build', kind: 'from' },
      { from: 'build context', to: 'build', kind: 'mount' },
      { from: 'gcr.io/distroless/static-debian13:nonroot', to: 'final', kind: 'from' },
      { from: 'build', to: 'final', kind: 'copy' },
      { from: 'nginx:1.30', to: 'final', kind: 'copy' },
      { from: 'assets', to: 'final', kind: 'copy' },
    ],
  });
});

test('draws Mermaid and DOT', () => {
  expect(toMermaid(graph)).toContain('n5 -.->|mount| n0');
  expect(toDot(graph)).toContain('"build" -> "final" [label="copy"];');
});

test('draws an SVG with every stage, image and context in it', async () => {
  const svg = await drawGraph(graph, 'svg');
  expect(svg).toMatch(/^<\?xml .*<svg .*<\/svg>\n$/su);
  expect(svg.match(/class="node"/gu)).toHaveLength(7);
  expect(svg.match(/class="edge"/gu)).toHaveLength(graph.edges.length);
  expect(svg).toContain('>build context</text>');
});
