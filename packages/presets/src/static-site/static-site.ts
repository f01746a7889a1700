import { final, image, type Stage, StagecraftError, stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { alpine } from '../runtime/distributions.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { parseServiceOptions, type ServiceOptions, safePath } from '../service/service-options.ts';
import { surround } from '../service/surroundings.ts';
import { writeLines } from '../service/write-lines.ts';
import { servers } from './servers.ts';

/** Files that another stage makes. */
export interface StageFiles {
  readonly stage: Stage;
  readonly path: string;
}

export interface StaticSiteOptions
  extends Omit<
    ServiceOptions<'shell'>,
    'runtime' | 'args' | 'builder' | 'healthcheck' | 'init' | 'secrets' | 'tests' | 'testCommand'
  > {
  /** A directory of the project, or what another stage makes. Default: `'public'`. */
  readonly source?: string | StageFiles;
  /** Default: `'nginx'`. */
  readonly server?: keyof typeof servers;
  /** Answer unknown paths with `index.html`, as single-page applications need it. Default: true. */
  readonly spa?: boolean;
  /** How long browsers keep files whose names hold a hash, in seconds. Default: a year. */
  readonly cacheSeconds?: number;
}

/** The stages of a static site. */
export interface StaticSitePreset {
  /** Where the files and the server's configuration are laid out. */
  readonly build: Stage<'shell'>;
  readonly final: Stage<'shell'>;
}

const schema = z.object({
  source: safePath.default('public'),
  server: z.enum(['nginx', 'caddy', 'busybox']).default('nginx'),
  spa: z.boolean().default(true),
  cacheSeconds: z.number().int().nonnegative().default(31_536_000),
});

/**
 * Files behind a web server that listens on an unprivileged port and runs as a numeric user, also on a read-only root.
 *
 * Throws `project-unsupported` for a directory that is not there, and `invalid-options`.
 * @example
 * export default staticSite({ source: 'dist' }).final;
 * @example
 * export default staticSite({ source: { stage: node().build, path: '/app/dist' } }).final;
 */
export function staticSite(options: StaticSiteOptions = {}): StaticSitePreset {
  const { source: given = 'public', ...others } = options;
  const source = typeof given === 'string' ? given : undefined;
  const settings = parseServiceOptions('staticSite', schema, {
    ...others,
    ...(source === undefined ? {} : { source }),
  });
  const { profile, reproducible, server: name, env, labels, user, port = 8080 } = settings;
  const server = servers[name];
  const site = { ...settings, port };
  checkSource(options, given);
  const base = image<string, 'shell'>(server.image, { shell: 'shell' });
  const start = stage('site').from(base).user(0).workdir(`${tree}${server.root}`);
  const filled =
    typeof given === 'string'
      ? start.copy(`${given}/`, './')
      : start.copyFrom(given.stage, `${given.path}/`, './');
  const commands = [
    ...(server.config === undefined
      ? []
      : [
          `mkdir -p ${tree}${directoryOf(server.config.path)}`,
          writeLines(`${tree}${server.config.path}`, server.config.lines(site)),
        ]),
    ...(reproducible ? [touch(tree)] : []),
  ];
  const build = commands.length === 0 ? filled : withEpoch(filled).run(...commands);
  let result = final().from(base);
  const allEnv = { ...server.env, ...env };
  if (Object.keys(allEnv).length > 0) result = result.env(allEnv);
  result = copyTree(result, build, profile);
  result = surround(result, serverRuntime(server), settings);
  if (Object.keys(labels).length > 0) result = result.label(labels);
  result = result.expose(port).user(user ?? server.user);
  if (server.stopSignal !== undefined) result = result.stopSignal(server.stopSignal);
  if (server.command !== undefined) result = result.cmd([...server.command(site)]);
  return Object.freeze({ build, final: result });
}

function checkSource(options: StaticSiteOptions, source: string | StageFiles): void {
  if (typeof source !== 'string' || projectFiles(options).exists(source)) return;
  throw new StagecraftError('project-unsupported', `The project has no directory "${source}".`, {
    hint: 'Name the directory with the files: staticSite({ source: "dist" }); or the stage that makes them.',
  });
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The servers run on Alpine, each as its own user. */
function serverRuntime({ image: name, user }: (typeof servers)[keyof typeof servers]): Runtime<'shell'> {
  return alpine(name, { uid: Number(user.split(':')[0]) });
}
