import { arg, expand, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import { installRoot } from '../mixins/install-root.ts';
import { projectFiles } from '../options/common.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { distroless } from '../runtime/distroless.ts';
import type { Program } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { aptInstall } from '../service/apt-install.ts';
import { finishService } from '../service/finish-service.ts';
import { copyProject, copyTree, touch, tree, withEpoch } from '../service/project-steps.ts';
import { requireLanguage, requireLibc } from '../service/require-project.ts';
import { builderStage, type ServicePreset, serviceTargets } from '../service/service-targets.ts';
import { sourceOf } from '../service/sources.ts';
import { type TestedBuild, withTests } from '../service/test-stage.ts';
import { findManager, installers } from './installers.ts';
import { type PythonOptions, type PythonSettings, parsePythonOptions } from './options.ts';

const environment = '/opt/venv';
const interpreter = `${environment}/bin/python`;
const compileAll = `PYTHONHASHSEED=0 ${interpreter} -m compileall -q -f --invalidation-mode unchecked-hash ${environment}/lib`;

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
  const settings = parsePythonOptions(options);
  const runtime = options.runtime ?? distroless('python3');
  requireLanguage(
    runtime,
    ['python'],
    'Use distroless("python3") or slim("python:3.13-slim-trixie", { language: "python" }).',
  );
  requireLibc(runtime, 'glibc', 'Wheels for musl are rare: use distroless("python3") or a slim image.');
  requireVersion(runtime, settings.version);
  requirePackageFiles(runtime, settings);
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
        .with((image) => withPackages(image, settings))
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

/** The files of a package fit the release it is made for. */
function requirePackageFiles(runtime: Runtime, { runtimePackages }: PythonSettings): void {
  if (runtimePackages.length === 0 || runtime.distribution === 'trixie') return;
  throw new StagecraftError('project-unsupported', `"${runtime.image}" can't take packages of Debian 13.`, {
    hint: 'Use distroless("python3") or a slim image of trixie, or leave out "runtimePackages".',
  });
}

function withPackages<C extends ShellCapability>(
  image: Stage<C>,
  { runtimePackages }: PythonSettings,
): Stage<C> {
  return runtimePackages.length === 0 ? image : image.with(installRoot(runtimePackages));
}

function buildStage(settings: PythonSettings, files: ProjectFiles, runtime: Runtime): Stage<'shell'> {
  const { packages, reproducible, compile } = settings;
  const start = pythonStage('build', settings)
    .env({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PYTHONDONTWRITEBYTECODE: '1' })
    .workdir('/app');
  const ready = withEpoch(aptInstall(start, packages)).run(...createEnvironment(runtime));
  const installed = installers[findManager(files, settings)](ready, settings, files);
  return installed.run(
    ...(compile ? [compileAll] : []),
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
