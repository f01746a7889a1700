// Installs what the lockfile says. Needs Node and npm, nothing else: pnpm comes through npx the first time.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { packageManager, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [leastMajor, leastMinor] = engines.node.replace('>=', '').split('.').map(Number);
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(`Node ${process.versions.node} is too old. Install Node ${engines.node.slice(2)} or newer.`);
  process.exit(1);
}

if (!installedPnpm() || !install('node_modules/.bin/pnpm', [])) {
  // Also when the installed pnpm failed: replacing packages from another store takes away its own files.
  process.exitCode = install('npx', ['--yes', packageManager]) ? 0 : 1;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function install(command, args) {
  // Nobody can be asked whether packages from another store may be replaced.
  const flags = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const { status, error } = spawnSync(command, [...args, ...flags], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(`"${command}" could not be started: ${error.message}`);
  return status === 0;
}

function installedPnpm() {
  const manifest = 'node_modules/pnpm/package.json';
  if (!existsSync(manifest) || !existsSync('node_modules/.bin/pnpm')) return false;
  return `pnpm@${JSON.parse(readFileSync(manifest, 'utf8')).version}` === packageManager;
}
