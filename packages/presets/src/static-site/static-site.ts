import { final, image, type ShellCapability, type Stage, StagecraftError, stage } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { alpine } from '../runtime/distributions.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireOptions } from '../service/require-options.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safePath,
} from '../service/service-options.ts';
import { surround } from '../service/surroundings.ts';
import { writeLines } from '../service/write-lines.ts';
import { type SiteSettings, servers, type WebServer } from './servers.ts';

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
  /**
   * What serves them; `'files'` is nothing: an image of the files alone, at `/site`, to be mounted or copied from.
   * Default: `'nginx'`.
   */
  readonly server?: keyof typeof servers | 'files';
  /** Answer unknown paths with `index.html`, as single-page applications need it. Default: true. */
  readonly spa?: boolean;
  /** How long browsers keep files whose names hold a hash, in seconds. Default: a year. */
  readonly cacheSeconds?: number;
  /** Headers that go with every file, such as `{ 'X-Content-Type-Options': 'nosniff' }`; for nginx and Caddy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Compress texts when the image is built, and send that to who takes it; for nginx and Caddy. Default: false. */
  readonly gzip?: boolean;
}

/** The stages of a static site. */
export interface StaticSitePreset<C extends ShellCapability = 'shell'> {
  /** Where the files and the server's configuration are laid out. */
  readonly build: Stage<'shell'>;
  readonly final: Stage<C>;
}

const schema = z.object({
  source: safePath.default('public'),
  server: z.enum(['nginx', 'caddy', 'busybox', 'files']).default('nginx'),
  spa: z.boolean().default(true),
  cacheSeconds: z.number().int().nonnegative().default(31_536_000),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z\d-]*$/u, 'name a header'),
      z.string().regex(/^[^"\\${}\p{Cc}]+$/u, 'leave out quotes, backslashes, "$", braces and line breaks'),
    )
    .default({}),
  gzip: z.boolean().default(false),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/** What is worth compressing. */
const texts = ['css', 'html', 'js', 'json', 'map', 'mjs', 'svg', 'txt', 'wasm', 'xml'];

/**
 * Files behind a web server that listens on an unprivileged port and runs as a numeric user, also on a read-only root.
 *
 * Throws `project-unsupported` for a directory that is not there, and `invalid-options`.
 * @example
 * export default staticSite({ source: 'dist' }).final;
 * @example
 * export default staticSite({ source: { stage: node().build, path: '/app/dist' } }).final;
 */
export function staticSite(
  options: StaticSiteOptions & { readonly server: 'files' },
): StaticSitePreset<'no-shell'>;
export function staticSite(options?: StaticSiteOptions): StaticSitePreset;
export function staticSite(options: StaticSiteOptions = {}): StaticSitePreset<ShellCapability> {
  const { source: given = 'public', ...others } = options;
  const source = typeof given === 'string' ? given : undefined;
  const settings = parseServiceOptions('staticSite', schema, {
    ...others,
    ...(source === undefined ? {} : { source }),
  });
  checkSource(options, given);
  const { server: name } = settings;
  const server = name === 'files' ? undefined : servers[name];
  requireOptions(
    server?.isConfigurable === true || (Object.keys(settings.headers).length === 0 && !settings.gzip),
    `"${name}" can't be told to send headers or compressed files.`,
    'Use the server "nginx" or "caddy", or leave out "headers" and "gzip".',
  );
  return server === undefined ? filesAlone(given, settings) : served(given, settings, server);
}

/** Nothing runs in it, so that it needs neither a port nor a user. */
function filesAlone(given: string | StageFiles, settings: Settings): StaticSitePreset<'no-shell'> {
  const { profile, reproducible, env, labels } = settings;
  const filled = fill(stage('site').from('busybox:1.37').workdir(`${tree}/site`), given);
  const build = reproducible ? withEpoch(filled).run(touch(tree), touchByContent(tree)) : filled;
  let result: Stage<'no-shell'> = copyTree(final().from('scratch'), build, profile);
  if (Object.keys(env).length > 0) result = result.env(env);
  if (Object.keys(labels).length > 0) result = result.label(labels);
  return Object.freeze({ build, final: result });
}

function served(given: string | StageFiles, settings: Settings, server: WebServer): StaticSitePreset {
  const { profile, env, labels, user, port = 8080 } = settings;
  const site = { ...settings, port };
  const base = image<string, 'shell'>(server.image, { shell: 'shell' });
  const filled = fill(stage('site').from(base).user(0).workdir(`${tree}${server.root}`), given);
  const commands = layOut(server, site);
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

function fill(start: Stage<'shell'>, given: string | StageFiles): Stage<'shell'> {
  if (typeof given === 'string') return start.copy(`${given}/`, './');
  return start.copyFrom(given.stage, `${given.path}/`, './');
}

function layOut(server: WebServer, site: Settings & SiteSettings): readonly string[] {
  const { config } = server;
  const names = texts.map((suffix) => `-name '*.${suffix}'`).join(' -o ');
  return [
    ...(site.gzip ? [`find . -type f '(' ${names} ')' -exec gzip -k -n -9 {} +`] : []),
    ...(config === undefined
      ? []
      : [
          `mkdir -p ${tree}${directoryOf(config.path)}`,
          writeLines(`${tree}${config.path}`, config.lines(site)),
        ]),
    ...(site.reproducible ? [touch(tree), touchByContent(`${tree}${server.root}`)] : []),
  ];
}

/**
 * Gives each file a time that only its content decides. Servers name a version of a file by its time and length: with one
 * time for all, a browser would keep a page that has changed and is as long as before.
 */
function touchByContent(path: string): string {
  const time = '$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))';
  return `find ${path} -type f -exec sh -c 'for file; do touch -d "@${time}" "$file"; done' sh {} +`;
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
function serverRuntime({ image: name, user }: WebServer): Runtime<'shell'> {
  return alpine(name, { uid: Number(user.split(':')[0]) });
}
