import { expectTypeOf, test } from 'vitest';
import { image } from './references.ts';
import type { IfShell, NoShell, ShellOf } from './shell-capability.ts';
import { script, sh } from './shell-text.ts';
import type { Stage } from './stage.ts';
import { final, stage } from './start.ts';
import { arg, expand } from './variables.ts';

const builder = stage('builder').from('golang:1.26-trixie');
const static_ = final().distroless('static');

test('a base image with a shell takes shell form and exec form', () => {
  expectTypeOf(builder).toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(builder.run('ls')).toEqualTypeOf<Stage<'shell'>>();
  builder.run('a', sh`b ${1}`, { network: 'none' });
  builder.run(script`a`).run(['ls', '-l']).cmd('ls').entrypoint(['ls']).healthcheck('true');
});

test('distroless and scratch refuse shell form at compile time', () => {
  expectTypeOf(static_).toEqualTypeOf<Stage<'no-shell'>>();
  expectTypeOf(final().from('scratch')).toEqualTypeOf<Stage<'no-shell'>>();
  // @ts-expect-error shell form needs a shell
  static_.run('ls');
  // @ts-expect-error shell form needs a shell
  static_.run(script`ls`);
  // @ts-expect-error shell form needs a shell
  static_.cmd('ls');
  // @ts-expect-error shell form needs a shell
  static_.entrypoint('ls');
  // @ts-expect-error shell form needs a shell
  static_.healthcheck('ls');
  static_
    .run(['/app', '--migrate'])
    .cmd(['/app'])
    .entrypoint(['/app'])
    .healthcheck(['/app'])
    .healthcheck(false);
});

test('the compiler says what to do in a sentence', () => {
  expectTypeOf<IfShell<'no-shell', string>>().toEqualTypeOf<NoShell>();
  expectTypeOf<NoShell>().toEqualTypeOf<'This base image has no shell: pass an array (exec form), use a debug tag, or declare one with .shell([...]).'>();
});

test('a debug tag and .shell() give the capability back', () => {
  expectTypeOf(final().distroless('static', { debug: true })).toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(static_.shell(['/busybox/sh', '-c'])).toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(final().from(static_)).toEqualTypeOf<Stage<'no-shell'>>();
});

test('the reference tells the capability', () => {
  expectTypeOf<ShellOf<'gcr.io/distroless/cc-debian13:nonroot'>>().toEqualTypeOf<'no-shell'>();
  expectTypeOf<ShellOf<'gcr.io/distroless/cc-debian13:debug-nonroot'>>().toEqualTypeOf<'shell'>();
  expectTypeOf<ShellOf<'cgr.dev/chainguard/node:latest'>>().toEqualTypeOf<'no-shell'>();
  expectTypeOf<ShellOf<'cgr.dev/chainguard/node:latest-dev'>>().toEqualTypeOf<'shell'>();
  expectTypeOf<ShellOf<'mcr.microsoft.com/dotnet/runtime:9.0-noble-chiseled'>>().toEqualTypeOf<'no-shell'>();
  expectTypeOf<ShellOf<string>>().toEqualTypeOf<'shell'>();
  expectTypeOf(final().from('debian' as string)).toEqualTypeOf<Stage<'shell'>>();
  expectTypeOf(final().from(image('corp/base', { shell: 'no-shell' }))).toEqualTypeOf<Stage<'no-shell'>>();
});

test('references are objects, not names', () => {
  // @ts-expect-error a stage is passed itself, not its name
  static_.copyFrom('builder', '/out/app', '/app');
  static_.copyFrom(builder, '/out/app', '/app').copyFrom(image('nginx:1.30'), '/a', '/b');
});

test('a stage without a base has no instructions', () => {
  // @ts-expect-error from() comes first
  stage('x').run('ls');
});

test('variables are objects, text is literal', () => {
  const version = arg('GO_VERSION', '1.26');
  expectTypeOf(stage('b').from(expand`golang:${version}`)).toEqualTypeOf<Stage<'shell'>>();
  // @ts-expect-error a variable alone is no image: use expand
  stage('b').from(version);
});

test('mixins keep the capability', () => {
  const quiet = <C extends 'shell' | 'no-shell'>(base: Stage<C>): Stage<C> => base.env('CI', 'true');
  expectTypeOf(static_.with(quiet)).toEqualTypeOf<Stage<'no-shell'>>();
  expectTypeOf(builder.with(quiet)).toEqualTypeOf<Stage<'shell'>>();
});
