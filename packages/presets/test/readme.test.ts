import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');
const golden = join(import.meta.dirname, 'golden');
const presets = readdirSync(golden)
  .filter((name) => name !== 'mixins' && name !== 'service')
  .sort();

test('every preset has golden Dockerfiles for all profiles', () => {
  const missing = presets.flatMap((preset) =>
    ['modern', 'buildkit', 'classic']
      .filter((profile) => !readdirSync(join(golden, preset)).includes(`${profile}.Dockerfile`))
      .map((profile) => `${preset}/${profile}`),
  );
  expect(presets.length).toBeGreaterThanOrEqual(14);
  expect(missing).toEqual([]);
});

test.each(presets)('the README of %s shows the Dockerfile it prints', (preset) => {
  const readme = readFileSync(join(source, preset, 'README.md'), 'utf8');
  const [, shown] = /```dockerfile\n([\s\S]*?)```/u.exec(readme) ?? [];
  expect(shown).toBe(readFileSync(join(golden, preset, 'buildkit.Dockerfile'), 'utf8'));
});
