import { expect, test } from 'vitest';
import { expectFindings } from '../../../test/expect-findings.ts';
import { final } from '../../builder/index.ts';
import { lint } from '../../lint-dockerfile.ts';

test('finds the tag in FROM, COPY and mounts', () => {
  expectFindings(
    'no-latest-tag',
    'FROM a:latest\nCOPY --from=b:latest /x /y\nRUN --mount=from=c:latest d\n',
    [
      { line: 1, message: 'The image "a:latest" has the tag "latest".' },
      { line: 2, message: 'The image "b:latest" has the tag "latest".' },
      { line: 3, message: 'The image "c:latest" has the tag "latest".' },
    ],
  );
});

test('leaves versions, digests and stages alone', () => {
  expectFindings('no-latest-tag', 'FROM a:1 AS latest\nFROM latest\nFROM b:latest-1\n', []);
});

test('points at the call that named the image', () => {
  const [finding] = lint(final().from('a:latest')).findings.filter(({ rule }) => rule === 'no-latest-tag');
  expect(finding?.where?.file).toContain('no-latest-tag.test.ts');
});
