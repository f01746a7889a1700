import type { ShellCapability } from '@stagecraft/core';
import { projectFiles } from '../options/common.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireFile, requireLanguage, requireLibc } from '../service/require-project.ts';
import { type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';
import { installAll, interpreted } from './bun-stages.ts';
import { type BunOptions, type BunSettings, parseBunOptions } from './options.ts';

/**
 * A Bun service: compiled with its packages and Bun itself into one program, or run by Bun on a runtime that has it.
 *
 * Throws `project-unsupported` without `bun.lock` or for a runtime that lacks glibc, and `invalid-options`.
 * @example
 * export default bun({ entry: 'src/server.ts', port: 3000 }).final;
 * @example
 * bun({ runtime: slim('oven/bun:1.4-slim', { language: 'bun', uid: 1000 }) });
 */
export function bun(options?: BunOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function bun<C extends ShellCapability>(
  options: BunOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function bun(options: BunOptions = {}): ServicePreset<ShellCapability> {
  const settings = parseBunOptions(options);
  const runtime = options.runtime ?? distroless('base-nossl');
  const files = projectFiles(options);
  requireLanguage(
    runtime,
    ['none', 'bun'],
    'Use distroless("base-nossl") or slim() for a compiled program, or an image of Bun with { language: "bun" }.',
  );
  requireLibc(runtime, 'glibc', 'Use distroless("base-nossl") or slim().');
  requireFile(files, ['package.json'], 'Bun', 'Run "bun init" and commit the file.');
  const lockfile = requireFile(
    files,
    ['bun.lock', 'bun.lockb'],
    'Bun',
    'Run "bun install" and commit the lockfile.',
  );
  return runtime.language === 'bun'
    ? interpreted(settings, files, lockfile, runtime)
    : compiled(settings, lockfile, runtime);
}

function compiled(settings: BunSettings, lockfile: string, runtime: Runtime): ServicePreset<ShellCapability> {
  const { entry, binary, reproducible } = settings;
  const build = withEpoch(installAll(settings, lockfile)).run(
    `bun build --compile --minify --outfile ${tree}/${binary} ${entry}`,
    ...(reproducible ? [touch(tree)] : []),
  );
  const tested = withTests(build, settings, 'bun test');
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start.with((image) => copyTree(image, tested.made, settings.profile)).workdir('/'),
      where,
      { program: `/${binary}` },
      settings,
    ),
  );
}
