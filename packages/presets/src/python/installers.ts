import { image, type Stage, StagecraftError } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { runWith } from '../service/project-steps.ts';
import { requireFile } from '../service/require-project.ts';
import { secretMounts } from '../service/secrets.ts';
import type { ServiceSettings } from '../service/service-options.ts';

/** The tool that installs what the project requires. */
export type PythonManager = 'pip' | 'uv' | 'poetry';

/** What decides how the requirements are installed. */
export interface InstallSettings extends Pick<ServiceSettings, 'profile' | 'secrets'> {
  readonly manager?: PythonManager | undefined;
  readonly requirements: string;
  readonly hashes: boolean;
  readonly onlyBinary: boolean;
}

type Installer = (stage: Stage<'shell'>, settings: InstallSettings, files: ProjectFiles) => Stage<'shell'>;

const uvImage = 'ghcr.io/astral-sh/uv:0.9';
const poetryVersion = '2.2.1';
const venvPip = '/opt/venv/bin/pip';

/** The tool whose lockfile the project has; throws `project-unsupported` when there is none. */
export function findManager(files: ProjectFiles, { manager, requirements }: InstallSettings): PythonManager {
  if (manager !== undefined) return manager;
  if (files.exists('uv.lock')) return 'uv';
  if (files.exists('poetry.lock')) return 'poetry';
  if (files.exists(requirements)) return 'pip';
  throw new StagecraftError(
    'project-unsupported',
    `The Python project has no "uv.lock", "poetry.lock" or "${requirements}".`,
    {
      hint: 'Write down what it needs, for example with "pip freeze > requirements.txt", and commit the file.',
    },
  );
}

/** How each tool fills the virtual environment. */
export const installers: Readonly<Record<PythonManager, Installer>> = {
  pip: (stage, settings, files) => {
    const { profile, requirements, hashes, onlyBinary } = settings;
    requireFile(
      files,
      [requirements],
      'Python',
      'Write one with "pip freeze > requirements.txt" and commit it.',
    );
    const flags = [
      '--no-compile',
      ...(hasMounts(profile) ? [] : ['--no-cache-dir']),
      ...(hashes ? ['--require-hashes'] : []),
      ...(onlyBinary ? ['--only-binary :all:'] : []),
      `-r ${requirements}`,
    ].join(' ');
    const caches = [{ id: 'pip', target: '/root/.cache/pip' }];
    const commands = [`${venvPip} install ${flags}`, `${venvPip} uninstall -y pip`];
    return runWith(
      stage,
      profile,
      { reads: [requirements], caches, mounts: secretMounts(settings) },
      ...commands,
    );
  },
  uv: (stage, settings, files) => {
    const { profile, onlyBinary } = settings;
    requireFile(files, ['uv.lock'], 'uv', 'Run "uv lock" and commit the file.');
    const equipped = stage.copyFrom(image(uvImage), '/uv', '/usr/local/bin/').env({
      UV_LINK_MODE: 'copy',
      UV_PYTHON_DOWNLOADS: '0',
      UV_NO_DEV: '1',
      UV_PROJECT_ENVIRONMENT: '/opt/venv',
    });
    const caches = [{ id: 'uv', target: '/root/.cache/uv' }];
    const cacheFlag = hasMounts(profile) ? '' : ' --no-cache';
    const command = `uv sync --locked --no-install-project${onlyBinary ? ' --no-build' : ''}${cacheFlag}`;
    const step = { reads: ['pyproject.toml', 'uv.lock'], caches, mounts: secretMounts(settings) };
    return runWith(equipped, profile, step, command);
  },
  poetry: (stage, settings, files) => {
    const { profile } = settings;
    requireFile(files, ['poetry.lock'], 'Poetry', 'Run "poetry lock" and commit the file.');
    const equipped = stage
      .env({
        POETRY_NO_INTERACTION: '1',
        POETRY_VIRTUALENVS_CREATE: 'false',
        VIRTUAL_ENV: '/opt/venv',
        ...(settings.onlyBinary && { POETRY_INSTALLER_ONLY_BINARY: ':all:' }),
      })
      .run(
        'python3 -m venv /opt/poetry',
        `/opt/poetry/bin/pip install --no-cache-dir poetry==${poetryVersion}`,
      );
    const command = `/opt/poetry/bin/poetry install --only main --no-root${hasMounts(profile) ? '' : ' --no-cache'}`;
    const caches = [{ id: 'poetry', target: '/root/.cache/pypoetry' }];
    const step = { reads: ['pyproject.toml', 'poetry.lock'], caches, mounts: secretMounts(settings) };
    return runWith(equipped, profile, step, command);
  },
};
