import {
  arg,
  expand,
  mount,
  type RunOptions,
  type ShellCapability,
  type Stage,
  StagecraftError,
  stage,
} from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Program } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { finishService } from '../service/finish-service.ts';
import { copyTree, touch, tree } from '../service/project-steps.ts';
import { requireLanguage } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { withTests } from '../service/test-stage.ts';
import { type BuildTool, buildTools, findBuildTool } from './build-tools.ts';

export interface JavaOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of the JDK. Default: `'21'`. */
  readonly version?: string;
  /** Default: `pom.xml` means Maven, `gradlew` Gradle. */
  readonly tool?: 'maven' | 'gradle';
  /** Module of a multi-module project that is built, with what it needs. */
  readonly module?: string;
  /** Where the build puts the jar, a pattern; it must match one file beside sources and documentation. */
  readonly jar?: string;
  /** A runtime of the modules the program needs, made by jlink: true finds them out, a list names them. Default: false. */
  readonly jlink?: boolean | readonly string[];
  /** Unpack a Spring Boot jar into layers that change at different speeds. Default: whether the build file names Spring Boot. */
  readonly springLayers?: boolean;
  /** Flags of the virtual machine. */
  readonly flags?: readonly string[];
  /** Fetch what the project needs in a step of its own. Default: true. */
  readonly fetchFirst?: boolean;
  /** Id of a secret that holds a Maven `settings.xml`. */
  readonly settingsXml?: string;
}

const schema = z.object({
  version: version.default('21'),
  tool: z.enum(['maven', 'gradle']).optional(),
  module: safePath.optional(),
  jar: z
    .string()
    .regex(/^[\w./*-]+$/u, 'use a path or a pattern such as "target/*.jar"')
    .optional(),
  jlink: z.union([z.boolean(), z.array(safeName).min(1)]).default(false),
  springLayers: z.boolean().optional(),
  flags: z
    .array(z.string().startsWith('-', 'flags start with a dash'))
    .default(['-XX:MaxRAMPercentage=75.0', '-XX:+ExitOnOutOfMemoryError']),
  fetchFirst: z.boolean().default(true),
  settingsXml: z
    .string()
    .regex(/^[\w.-]+$/u, 'use letters, digits, ".", "_" and "-"')
    .optional(),
});

type Settings = ServiceSettings & z.output<typeof schema>;

/** The layers of a Spring Boot jar, what changes least first. */
const springLayers = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'] as const;

/** Jars know no time before 1980. */
const earliestJarTime = '315619200';

/**
 * A Java service: builds a jar with Maven or Gradle and copies it beside a Java runtime, or beside one made by jlink.
 *
 * Throws `project-unsupported` without a build file or for a runtime of another version, and `invalid-options`.
 * @example
 * export default java({ jlink: true, port: 8080 }).final;
 */
export function java(options?: JavaOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function java<C extends ShellCapability>(
  options: JavaOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function java(options: JavaOptions = {}): ServicePreset<ShellCapability> {
  const settings = parseServiceOptions('java', schema, options);
  const files = projectFiles(options);
  const tool = buildTools[findBuildTool(files, settings.tool)];
  const runtime = options.runtime ?? defaultRuntime(settings);
  checkRuntime(runtime, settings);
  const build = buildStage(settings, tool, files);
  const tested = withTests(build, settings, tool.test(settings.module), (start, command) =>
    start.run(command, mountsOf(settings, tool)),
  );
  const isLayered = settings.springLayers ?? usesSpring(tool, files);
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start.with((image) => copyProgram(image, tested.made, settings, isLayered)).workdir('/app'),
      where,
      programOf(settings),
      settings,
    ),
  );
}

function defaultRuntime({ jlink, version: jdk }: Settings): Runtime<'no-shell'> {
  if (jlink !== false) return distroless('java-base');
  if (jdk === '21') return distroless('java21');
  if (jdk === '17') return distroless('java17', { debian: 12 });
  throw new StagecraftError('project-unsupported', `There is no distroless image with Java ${jdk}.`, {
    hint: 'Use version: "21", set jlink: true, or give a "runtime".',
  });
}

function checkRuntime(runtime: Runtime, { jlink, version: jdk }: Settings): void {
  if (jlink !== false) {
    requireLanguage(runtime, ['none'], 'jlink brings Java along: use distroless("java-base") or slim().');
    return;
  }
  requireLanguage(runtime, ['java'], 'Use distroless("java21"), or set jlink: true.');
  const [, own] = /java(\d+)/u.exec(runtime.image) ?? [];
  if (own === undefined || Number(own) >= Number(jdk.split('.')[0])) return;
  throw new StagecraftError('project-unsupported', `"${runtime.image}" has Java ${own}, not ${jdk}.`, {
    hint: `Set version: "${own}", or choose a newer runtime.`,
  });
}

function usesSpring(tool: BuildTool, files: ProjectFiles): boolean {
  return tool.buildFiles.some((name) => (files.read(name) ?? '').includes('org.springframework.boot'));
}

/** Jars run anywhere, so they are built on the machine's own platform. */
function buildStage(settings: Settings, tool: BuildTool, files: ProjectFiles): Stage<'shell'> {
  const { profile, builder, fetchFirst, module } = settings;
  const usual = tool.image(arg('JAVA_VERSION', settings.version));
  const options = hasMounts(profile) ? { platform: expand`${arg('BUILDPLATFORM')}` } : {};
  const start = builderStage('build', builder, usual, options).env(tool.env).workdir('/src');
  const mounts = mountsOf(settings, tool);
  const manifests = tool.manifests(files);
  const fetched = fetchFirst
    ? manifests.reduce((result, path) => result.copy(path, `./${path}`), start).run(tool.fetch, mounts)
    : start;
  return fetched
    .arg('SOURCE_DATE_EPOCH', earliestJarTime)
    .copy('.', '.')
    .run(tool.package(module), ...takeJar(settings, tool), mounts);
}

function mountsOf(settings: Settings, { caches }: BuildTool): RunOptions {
  const { profile, settingsXml } = settings;
  const secrets = secretMounts(
    settings,
    settingsXml === undefined ? undefined : { id: settingsXml, target: '/root/.m2/settings.xml' },
  );
  const kept = caches.map(({ id, target, sharing }) =>
    mount.cache(target, { id, ...(sharing === undefined ? {} : { sharing }) }),
  );
  return hasMounts(profile) ? { mounts: [...kept, ...secrets] } : {};
}

/** Exactly one jar is the program; which one is not guessed. */
function takeJar({ jar, module, reproducible }: Settings, tool: BuildTool): readonly string[] {
  const pattern = jar ?? (module === undefined ? tool.jar : `${tool.directoryOf(module)}/${tool.jar}`);
  const directory = pattern.includes('/') ? pattern.slice(0, pattern.lastIndexOf('/')) : '.';
  const name = pattern.slice(pattern.lastIndexOf('/') + 1);
  const others = ['*-sources.jar', '*-javadoc.jar', '*-plain.jar', '*-tests.jar', 'original-*.jar'];
  const exclusions = others.map((other) => `! -name '${other}'`).join(' ');
  return [
    `set -- $(find ${directory} -maxdepth 1 -name '${name}' ${exclusions})`,
    `{ [ $# -eq 1 ] || { echo "${pattern} matches $# files: $*" >&2; exit 1; }; }`,
    `install -D -m 644 "$1" ${tree}/app/app.jar`,
    ...(reproducible ? [touch(tree)] : []),
  ];
}

function copyProgram<C extends ShellCapability>(
  image: Stage<C>,
  build: Stage<'shell'>,
  settings: Settings,
  isLayered: boolean,
): Stage<C> {
  const { profile, jlink } = settings;
  const withRuntime = jlink === false ? image : copyTree(image, runtimeStage(build, settings), profile);
  if (!isLayered) return copyTree(withRuntime, build, profile);
  const layers = layerStage(build, settings);
  return springLayers.reduce(
    (result, name) => copyTree(result, layers, profile, `${tree}/${name}`),
    withRuntime,
  );
}

function layerStage(build: Stage<'shell'>, { reproducible }: Settings): Stage<'shell'> {
  return stage('layers')
    .from(build)
    .run(
      `java -Djarmode=tools -jar ${tree}/app/app.jar extract --layers --destination /layers`,
      `for layer in ${springLayers.join(' ')}; do mkdir -p ${tree}/$layer && mv /layers/$layer ${tree}/$layer/app; done`,
      ...(reproducible ? [touch(tree)] : []),
    );
}

/** jlink makes machine code, so it runs on the platform the image is for. */
function runtimeStage(build: Stage<'shell'>, settings: Settings): Stage<'shell'> {
  const { jlink, version: jdk, reproducible } = settings;
  const modules =
    typeof jlink === 'object'
      ? jlink.join(',')
      : `$(jdeps --ignore-missing-deps -q --multi-release ${jdk.split('.')[0]} --print-module-deps /tmp/app.jar)`;
  return stage('jre')
    .from(expand`eclipse-temurin:${arg('JAVA_VERSION', jdk)}-jdk`)
    .copyFrom(build, `${tree}/app/app.jar`, '/tmp/app.jar')
    .arg('SOURCE_DATE_EPOCH', earliestJarTime)
    .run(
      `jlink --add-modules "${modules}" --strip-java-debug-attributes --no-man-pages --no-header-files --compress=zip-6 --output ${tree}/opt/jre`,
      ...(reproducible ? [touch(tree)] : []),
    );
}

function programOf({ jlink, flags }: Settings): Program {
  if (jlink === false) return { language: 'java', program: 'app.jar', flags };
  return { program: '/opt/jre/bin/java', flags: [...flags, '-jar', 'app.jar'] };
}
