// Installs what the lockfile says. Needs Node and npm, nothing else: pnpm comes through npx the first time.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
const { packageManager, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [leastMajor, leastMinor] = engines.node.replace('>=', '').split('.').map(Number);
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(`Node ${process.versions.node} is too old. Install Node ${engines.node.slice(2)} or newer.`);
  process.exit(1);
}

// Nobody can be asked whether packages from another store may be replaced.
const install = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
const [command, ...args] = installedPnpm()
  ? ['node_modules/.bin/pnpm', ...install]
  : ['npx', '--yes', packageManager, ...install];
const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
if (error) console.error(`"${command}" could not be started: ${error.message}`);
process.exit(status ?? 1);

function installedPnpm() {
  const manifest = 'node_modules/pnpm/package.json';
  if (!existsSync(manifest) || !existsSync('node_modules/.bin/pnpm')) return false;
  return `pnpm@${JSON.parse(readFileSync(manifest, 'utf8')).version}` === packageManager;
}
