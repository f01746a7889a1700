import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { type StaticSitePreset, staticSite } from './static-site.ts';

const files = memoryFiles({});
const usual = () => staticSite({ files });

test('every stage has a shell', () => {
  expectTypeOf(usual).returns.toEqualTypeOf<StaticSitePreset>();
  expectTypeOf(usual).returns.toHaveProperty('build').toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('final').toEqualTypeOf<Stage<'shell'>>();
  () => usual().final.run('ls');
  // @ts-expect-error there is no debug target: the image has a shell already
  () => usual().debug;
});

test('files alone have no shell', () => {
  expectTypeOf(staticSite({ files, server: 'files' })).toEqualTypeOf<StaticSitePreset<'no-shell'>>();
  // @ts-expect-error there is nothing that could run it
  () => staticSite({ files, server: 'files' }).final.run('ls');
});

test('an option that does not exist, or has another type, is refused', () => {
  () => staticSite({ files, server: 'caddy', port: 8080, timezone: 'Europe/Berlin' });
  // @ts-expect-error another type
  () => staticSite({ files, server: 'apache' });
  // @ts-expect-error no such option
  () => staticSite({ files, prot: 8080 });
  // @ts-expect-error it runs on one image
  () => staticSite({ files, runtime: slim() });
  // @ts-expect-error a profile that does not exist
  () => staticSite({ files, profile: 'newest' });
});
