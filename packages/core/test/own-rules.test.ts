import { expect, test } from 'vitest';
import type { LintOptions } from '../src/lint/lint-options.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { expectFindings } from './expect-findings.ts';

test.each([
  [
    'gcr.io/distroless/java17-debian12',
    'The support of "gcr.io/distroless/java17-debian12" ended in 2026-01 or before.',
  ],
  [
    'gcr.io/distroless/python3-debian12:nonroot',
    'The support of "gcr.io/distroless/python3-debian12:nonroot" ended in 2026-04 or before.',
  ],
  [
    'gcr.io/distroless/static-debian12',
    'The support of "gcr.io/distroless/static-debian12" ended in 2026-09 or before.',
  ],
  ['gcr.io/distroless/java:11', 'The image "gcr.io/distroless/java:11" is not built any more.'],
  ['golang:1.21', 'The support of "golang:1.21" ended in 2026-08 or before.'],
])('the support of %s has ended', (image, message) => {
  expectFindings('no-end-of-life-base', `FROM ${image}\n`, [{ line: 1, message }]);
});

test.each(['gcr.io/distroless/nodejs24:nonroot', 'cgr.dev/chainguard/node:latest'])(
  'the entrypoint of %s starts node',
  (image) => {
    const message = '"node" stands in CMD, but the image starts it already.';
    expectFindings('repeated-interpreter', `FROM ${image}\nCMD ["node", "a.js"]\n`, [{ line: 2, message }]);
  },
);

test('a build after the install may be for production; the packages are still all of them', () => {
  const text = 'FROM node:24\nUSER 1000\nRUN npm ci && NODE_ENV=production npm run build\n';
  const message = 'Development dependencies reach the final image.';
  expectFindings('no-dev-dependencies-in-final', text, [{ line: 3, message }]);
});

test('a label in a namespace of Docker is found', () => {
  const message = 'The label "com.docker.a" is in a namespace of Docker.';
  expectFindings('valid-label', 'FROM debian:13-slim\nLABEL com.docker.a=1\n', [{ line: 2, message }]);
});

test('a named build context is no image without a tag', () => {
  const text = 'FROM debian:13-slim\nUSER 1\nCOPY --from=assets /a /a\n';
  const message = 'The image "assets" has no tag.';
  expectFindings('no-untagged-base', text, [{ line: 3, message }]);
  expectFindings('no-untagged-base', text, [], { contexts: ['assets'] });
});

test('a base image whose working directory is known needs no WORKDIR', () => {
  const images: NonNullable<LintOptions['images']> = {
    'a:1': { os: 'linux', architecture: 'amd64', config: { WorkingDir: '/app' } },
  };
  expectFindings('copy-to-relative-destination', 'FROM a:1\nCOPY b c\n', [], { images });
});

test('ADD of a name that may be an archive is found, and left to the reader to mend', () => {
  const added = (source: string) =>
    lint(parseDockerfile(`FROM debian:13-slim\nUSER 1\nADD ${source} /a/\n`)).findings.map(
      ({ rule, fix }) => [rule, fix !== undefined],
    );
  expect(added('rootfs')).toEqual([['use-copy-instead-of-add', false]]);
  expect(added('app.conf')).toEqual([['use-copy-instead-of-add', true]]);
});
