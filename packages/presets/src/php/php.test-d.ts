import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { type PhpPreset, php } from './php.ts';

const files = memoryFiles({});
const usual = () => php({ files });

test('every stage has a shell', () => {
  expectTypeOf(usual).returns.toEqualTypeOf<PhpPreset>();
  expectTypeOf(usual).returns.toHaveProperty('build').toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('final').toEqualTypeOf<Stage<'shell'>>();
  () => usual().final.run('ls');
  // @ts-expect-error there is no debug target: the image has a shell already
  () => usual().debug;
});

test('an option that does not exist, or has another type, is refused', () => {
  () => php({ files, sapi: 'cli', port: 8080, timezone: 'Europe/Berlin' });
  // @ts-expect-error another type
  () => php({ files, sapi: 'nginx' });
  // @ts-expect-error no such option
  () => php({ files, prot: 8080 });
  // @ts-expect-error it runs on one image
  () => php({ files, runtime: slim() });
  // @ts-expect-error a profile that does not exist
  () => php({ files, profile: 'newest' });
});
