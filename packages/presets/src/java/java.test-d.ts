import type { Stage } from '@stagecraft/core';
import { expectTypeOf, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import type { ServicePreset } from '../service/service-targets.ts';
import { java } from './java.ts';

const files = memoryFiles({});
const usual = () => java({ files });
const withShell = () => java({ files, runtime: slim('eclipse-temurin:21-jre', { language: 'java' }) });

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
  () => java({ files, jlink: ['java.base'], port: 8080, timezone: 'Europe/Berlin', init: true });
  // @ts-expect-error another type
  () => java({ files, jlink: 'all' });
  // @ts-expect-error no such option
  () => java({ files, prot: 8080 });
  // @ts-expect-error a port is a number
  () => java({ files, port: '8080' });
  // @ts-expect-error a profile that does not exist
  () => java({ files, profile: 'newest' });
});
