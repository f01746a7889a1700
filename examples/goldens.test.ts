import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type StageSource, toDockerfile } from '../packages/core/src/index.ts';

const examples = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, 'images.ts')),
);

test('there are examples, and each says in a few lines what it shows', () => {
  expect(examples.length).toBeGreaterThanOrEqual(8);
  const lengths = examples.map((name) => readme(name).split('\n').length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(30);
  expect(Math.min(...lengths)).toBeGreaterThan(4);
});

describe.each(examples)('the example %s', (name) => {
  test('prints the Dockerfiles that are committed, and no others are', async () => {
    const exported = (await import(join(import.meta.dirname, name, 'images.ts'))) as Record<
      string,
      StageSource
    >;
    const files = Object.keys(exported).map((image) => fileOf(image));
    for (const [image, stage] of Object.entries(exported))
      await expect(toDockerfile(stage)).toMatchFileSnapshot(join(import.meta.dirname, name, fileOf(image)));
    const committed = readdirSync(join(import.meta.dirname, name)).filter((file) =>
      file.endsWith('Dockerfile'),
    );
    expect(committed.sort()).toEqual(files.sort());
  });
});

function fileOf(image: string): string {
  return image === 'default' ? 'Dockerfile' : `${image}.Dockerfile`;
}

function readme(name: string): string {
  return readFileSync(join(import.meta.dirname, name, 'README.md'), 'utf8');
}
