import { hasProgram, run, withSystemPath } from './run.mjs';

/**
 * Says why packages cannot be installed on this machine, or undefined when they can.
 * @returns {Promise<string | undefined>}
 */
export async function whyNoApt() {
  if (process.getuid?.() !== 0) return 'this user is not root';
  if (!(await hasProgram('apt-get'))) return 'this machine has no apt-get';
  return undefined;
}

/**
 * Installs the packages that are not installed yet; never upgrades one that is.
 * Upgrading could rewrite machine-wide files (the CA bundle for one) that other programs are using.
 * @param {readonly string[]} packages
 * @param {(line: string) => void} log
 */
export async function installPackages(packages, log) {
  const missing = [];
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  const reason = await whyNoApt();
  if (reason !== undefined) throw new Error(`"${missing.join(' ')}" cannot be installed: ${reason}.`);
  log(`installing ${missing.join(' ')}`);
  const started = Date.now();
  await aptGet(['update']);
  await aptGet(['install', '--yes', '--no-install-recommends', '--no-upgrade', ...missing]);
  log(`installed ${missing.join(' ')} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const env = {
    ...withSystemPath(process.env),
    DEBIAN_FRONTEND: 'noninteractive',
    // Package scripts would start the service through init; we start and stop it ourselves.
    RUNLEVEL: '1',
  };
  return run('apt-get', ['--quiet', '--option', 'DPkg::Lock::Timeout=300', ...args], { env });
}

/** @param {string} name */
async function isInstalled(name) {
  const query = ['--show', '--showformat', '${db:Status-Status}', name];
  const { stdout } = await run('dpkg-query', query, { okCodes: [0, 1] });
  return stdout.trim() === 'installed';
}
