import { final, mount, stage } from '@stagecraft/core';

const npmrc = mount.secret('npmrc', { target: '/root/.npmrc', required: false });
const cache = mount.cache('/root/.npm', { id: 'npm' });

/** Before: everything in one image, as most start: all packages, npm, a shell, root. */
export const fat = final()
  .from('node:24-trixie-slim')
  .workdir('/app')
  .copy('app/', './')
  .run('npm install', { mounts: [npmrc] })
  .cmd(['node', 'server.js']);

/** Packages of production only, made before the sources are looked at. */
const packages = stage('packages')
  .from('node:24-trixie-slim')
  .workdir('/app')
  .copy(['app/package.json', 'app/package-lock.json'], './')
  .run('npm ci --omit=dev', { mounts: [cache, npmrc] });

/** After: the same base without npm's leftovers, as a user that is not root. */
export const multiStage = final()
  .from('node:24-trixie-slim')
  .workdir('/app')
  .env('NODE_ENV', 'production')
  .copyFrom(packages, '/app/node_modules', './node_modules')
  .copy('app/server.js', './')
  .user(65_532)
  .cmd(['node', 'server.js']);

/** And without a distribution. */
export default final()
  .distroless('nodejs24')
  .workdir('/app')
  .env('NODE_ENV', 'production')
  .copyFrom(packages, '/app/node_modules', './node_modules')
  .copy('app/server.js', './')
  .cmd(['server.js']);
