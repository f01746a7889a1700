import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { type ElixirPreset, elixir } from './elixir.ts';

const files = memoryFiles({});
const usual = () => elixir({ app: 'shop', files });

test('every stage has a shell', () => {
  expectTypeOf(usual).returns.toEqualTypeOf<ElixirPreset>();
  expectTypeOf(usual).returns.toHaveProperty('build').toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('final').toEqualTypeOf<Stage<'shell'>>();
  () => usual().final.run('ls');
  // @ts-expect-error there is no debug target: the image has a shell already
  () => usual().debug;
});

test('an option that does not exist, or has another type, is refused', () => {
  () => elixir({ app: 'shop', files, assets: true, port: 8080, timezone: 'Europe/Berlin' });
  // @ts-expect-error another type
  () => elixir({ app: 'shop', files, assets: 'yes' });
  // @ts-expect-error no such option
  () => elixir({ app: 'shop', files, prot: 8080 });
  // @ts-expect-error it runs on one image
  () => elixir({ app: 'shop', files, runtime: slim() });
  // @ts-expect-error a profile that does not exist
  () => elixir({ app: 'shop', files, profile: 'newest' });
});
