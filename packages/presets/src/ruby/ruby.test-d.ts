import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { type RubyPreset, ruby } from './ruby.ts';

const files = memoryFiles({});
const usual = () => ruby({ files });

test('every stage has a shell', () => {
  expectTypeOf(usual).returns.toEqualTypeOf<RubyPreset>();
  expectTypeOf(usual).returns.toHaveProperty('build').toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('final').toEqualTypeOf<Stage<'shell'>>();
  () => usual().final.run('ls');
  // @ts-expect-error there is no debug target: the image has a shell already
  () => usual().debug;
});

test('an option that does not exist, or has another type, is refused', () => {
  () => ruby({ files, packages: ['libpq5'], port: 8080, timezone: 'Europe/Berlin' });
  // @ts-expect-error another type
  () => ruby({ files, packages: 'libpq5' });
  // @ts-expect-error no such option
  () => ruby({ files, prot: 8080 });
  // @ts-expect-error it runs on one image
  () => ruby({ files, runtime: slim() });
  // @ts-expect-error a profile that does not exist
  () => ruby({ files, profile: 'newest' });
});
