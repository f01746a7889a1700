import { expect, test } from 'vitest';
import { arg, expand, final, image, mount, stage } from './builder/index.ts';
import { mapImages } from './map-images.ts';
import { toDockerfile } from './to-dockerfile.ts';

test('renames the images of FROM, COPY and mounts in every stage, and nothing else', () => {
  const build = stage('build')
    .from(expand`golang:${arg('V', '1.26')}`)
    .run('make', { mounts: [mount.bind(image('alpine:3.24'), { target: '/a' })] });
  const target = final()
    .from('scratch')
    .copyFrom(build, '/app', '/app')
    .copyFrom(image('nginx:1.30'), '/etc/nginx/mime.types', '/');
  expect(toDockerfile(mapImages(target, (name) => `mirror.example.com/${name}`))).toBe(
    [
      'ARG V=1.26',
      '',
      'FROM mirror.example.com/golang:${V} AS build',
      'RUN --mount=type=bind,from=mirror.example.com/alpine:3.24,target=/a make',
      '',
      'FROM scratch',
      'COPY --from=build /app /app',
      'COPY --from=mirror.example.com/nginx:1.30 /etc/nginx/mime.types /',
      '',
    ].join('\n'),
  );
});
