import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import * as z from 'zod';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Program } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishService } from '../service/finish-service.ts';
import { copyProject, copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireLanguage, requireLibc } from '../service/require-project.ts';
import {
  parseServiceOptions,
  type ServiceOptions,
  type ServiceSettings,
  safeName,
  safePath,
  version,
} from '../service/service-options.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { sourceOf } from '../service/sources.ts';
import { type TestedBuild, withTests } from '../service/test-stage.ts';
import { findManager, installers, type PythonManager } from './installers.ts';

export interface PythonOptions<C extends ShellCapability = ShellCapability> extends ServiceOptions<C> {
  /** Version of Python; the runtime's own where it has one. Default: `'3.13'`. */
  readonly version?: string;
  /** Default: `uv.lock` means uv, `poetry.lock` Poetry, `requirements.txt` pip. */
  readonly manager?: PythonManager;
  /** For pip. Default: `'requirements.txt'`. */
  readonly requirements?: string;
  /** For pip: every requirement must have a hash. Default: false. */
  readonly hashes?: boolean;
  /** Debian packages the installation needs, such as `gcc` and `libpq-dev`. */
  readonly packages?: readonly string[];
  /** What to run: a module such as `src.main`. */
  readonly module?: string;
  /** What to run: a script such as `main.py`. */
  readonly script?: string;
  /** What to run under uvicorn, such as `app:app`; uvicorn must be among the requirements. */
  readonly asgi?: string;
  /** Files and directories of the program. Default: the one the program starts from. */
  readonly sources?: readonly string[];
}

const schema = z.object({
  version: version.default('3.13'),
  manager: z.enum(['pip', 'uv', 'poetry']).optional(),
  requirements: safePath.default('requirements.txt'),
  hashes: z.boolean().default(false),
  packages: z.array(safeName).default([]),
  module: z
    .string()
    .regex(/^[\w.]+$/u, 'name a module such as "src.main"')
    .optional(),
  script: safePath.optional(),
  asgi: z
    .string()
    .regex(/^[\w.]+:\w+$/u, 'name an application such as "app:app"')
    .optional(),
  sources: z.array(safePath).optional(),
});

type PythonSettings = ServiceSettings & z.output<typeof schema>;

const environment = '/opt/venv';
const interpreter = `${environment}/bin/python`;

/**
 * A Python service: installs the locked requirements into a virtual environment, and copies it beside the sources.
 *
 * The environment keeps its path, and its interpreter is where the runtime has it. Throws `project-unsupported` without a list
 * of requirements or for a runtime of another version, and `invalid-options`.
 * @example
 * export default python({ module: 'src.main', port: 8000 }).final;
 */
export function python(options: PythonOptions<'no-shell'>): ServicePreset<'no-shell'>;
export function python<C extends ShellCapability>(
  options: PythonOptions<C> & { readonly runtime: Runtime<C> },
): ServicePreset<C>;
export function python(options: PythonOptions): ServicePreset<ShellCapability> {
  const settings = parseServiceOptions('python', schema, options);
  const runtime = options.runtime ?? distroless('python3');
  requireLanguage(
    runtime,
    ['python'],
    'Use distroless("python3") or slim("python:3.13-slim-trixie", { language: "python" }).',
  );
  requireLibc(runtime, 'glibc', 'Wheels for musl are rare: use distroless("python3") or a slim image.');
  requireVersion(runtime, settings.version);
  const files = projectFiles(options);
  const program = programOf(settings);
  const sources = settings.sources ?? [sourceOf(files, program.start, ['.py'])];
  const build = buildStage(settings, files, runtime);
  const app = sourceStage(settings, sources);
  const tested = testedBuild(build, settings);
  return serviceTargets(tested, runtime, (start, where) =>
    finishService(
      start
        .env({ PYTHONUNBUFFERED: '1', PATH: `${environment}/bin:/usr/local/bin:/usr/bin:/bin` })
        .with((image) => copyTree(image, tested.made, settings.profile))
        .with((image) => copyTree(image, app, settings.profile))
        .workdir('/app'),
      where,
      { program: interpreter, args: program.args },
      settings,
    ),
  );
}

function programOf({ module, script, asgi, port = 8000 }: PythonSettings): Required<Pick<Program, 'args'>> & {
  readonly start: string;
} {
  const given = [module, script, asgi].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new StagecraftError('invalid-options', 'python() has to know what to run.', {
      hint: 'Give one of "module", "script" and "asgi", such as module: "src.main".',
    });
  }
  if (module !== undefined) return { args: ['-m', module], start: module.replaceAll('.', '/') };
  if (script !== undefined) return { args: [script], start: script };
  const [name = ''] = (asgi ?? '').split(':');
  const args = ['-m', 'uvicorn', asgi ?? '', '--host', '0.0.0.0', '--port', String(port)];
  return { args, start: name.replaceAll('.', '/') };
}

/** Compiled modules fit one minor version of Python only. */
function requireVersion(runtime: Runtime, wanted: string): void {
  const [, own] = /python(\d+\.\d+)$/u.exec(runtime.interpreter ?? '') ?? [];
  if (own === undefined || wanted === own || wanted.startsWith(`${own}.`)) return;
  throw new StagecraftError('project-unsupported', `"${runtime.image}" has Python ${own}, not ${wanted}.`, {
    hint: `Set version: "${own}", or run on slim("python:${wanted}-slim-trixie", { language: "python" }).`,
  });
}

function buildStage(settings: PythonSettings, files: ProjectFiles, runtime: Runtime): Stage<'shell'> {
  const { packages, reproducible } = settings;
  const start = pythonStage('build', settings)
    .env({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PYTHONDONTWRITEBYTECODE: '1' })
    .workdir('/app');
  const ready = withEpoch(aptInstall(start, packages)).run(...createEnvironment(runtime));
  const installed = installers[findManager(files, settings)](ready, settings, files);
  return installed.run(
    `PYTHONHASHSEED=0 ${interpreter} -m compileall -q -f --invalidation-mode unchecked-hash ${environment}/lib`,
    `mkdir -p ${tree}/opt`,
    `mv ${environment} ${tree}/opt/`,
    ...(reproducible ? [touch(tree)] : []),
  );
}

/** The tests see a copy of the environment in its place, so that what they install stays out of the image. */
function testedBuild(build: Stage<'shell'>, settings: PythonSettings): TestedBuild {
  const usual = `${interpreter} -m unittest discover`;
  return withTests(build, settings, usual, (start, command) =>
    start.run(`cp -R ${tree}${environment} ${environment}`).copy('.', '.').run(command),
  );
}

/** The sources in a layer of their own: they change more often than what they require. */
function sourceStage(settings: PythonSettings, sources: readonly string[]): Stage<'shell'> {
  const { reproducible } = settings;
  const copied = copyProject(pythonStage('app', settings).workdir(`${tree}/app`), sources);
  return reproducible ? withEpoch(copied).run(touch(tree)) : copied;
}

function pythonStage(name: string, settings: PythonSettings): Stage<'shell'> {
  const usual = expand`python:${arg('PYTHON_VERSION', settings.version)}-slim-trixie`;
  return builderStage(name, settings.builder, usual);
}

/** The interpreter of the environment is a link that has to lead somewhere in both images. */
function createEnvironment({ interpreter: own }: Runtime): readonly string[] {
  if (own === undefined) return [`python3 -m venv ${environment}`];
  return [`[ -e ${own} ] || ln -s "$(command -v python3)" ${own}`, `${own} -m venv ${environment}`];
}
