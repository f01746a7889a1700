import { final, stage } from '@stagecraft/core';

/** Before: the sources first, so that every change installs everything again; a shell, pip, root. */
export const fat = final()
  .from('python:3.13-slim-trixie')
  .workdir('/app')
  .copy('app/', './')
  .run('pip install --no-cache-dir --requirement requirements.txt')
  .cmd(['python', 'main.py']);

/** A folder of packages: a virtual environment would point at this image's own Python. */
const packages = stage('packages')
  .from('python:3.13-slim-trixie')
  .workdir('/app')
  .copy('app/requirements.txt', './')
  .run('mkdir /packages', 'pip install --no-cache-dir --target /packages --requirement requirements.txt');

/** After: Python and nothing else, as a user that is not root. */
export default final()
  .distroless('python3')
  .workdir('/app')
  .env('PYTHONPATH', '/packages')
  .copyFrom(packages, '/packages', '/packages')
  .copy('app/main.py', './')
  .entrypoint(['/usr/bin/python3', 'main.py']);
