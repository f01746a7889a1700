import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import type { ServicePreset } from '../service/service-targets.ts';
import { bun } from './bun.ts';

const files = memoryFiles({});
const usual = () => bun({ files });
const withShell = () => bun({ files, runtime: slim() });

test('the final stage has a shell exactly where the runtime has one', () => {
  expectTypeOf(usual).returns.toExtend<ServicePreset<'no-shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('final').toEqualTypeOf<Stage<'no-shell'>>();
  expectTypeOf(withShell).returns.toHaveProperty('final').toEqualTypeOf<Stage<'shell'>>();
  // @ts-expect-error the default runtime has no shell
  () => usual().final.run('ls');
  () => withShell().final.run('ls');
});

test('the stages where it is built and debugged have one', () => {
  expectTypeOf(usual).returns.toHaveProperty('build').toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(usual).returns.toHaveProperty('debug').toEqualTypeOf<Stage<'shell'> | undefined>();
});

test('an option that does not exist, or has another type, is refused', () => {
  () => bun({ files, entry: 'src/server.ts', port: 8080, timezone: 'Europe/Berlin', init: true });
  // @ts-expect-error another type
  () => bun({ files, entry: 1 });
  // @ts-expect-error no such option
  () => bun({ files, prot: 8080 });
  // @ts-expect-error a port is a number
  () => bun({ files, port: '8080' });
  // @ts-expect-error a profile that does not exist
  () => bun({ files, profile: 'newest' });
});
