import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.mjs';
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
  if ((await missingPackages(packages)).length === 0) return;
  const reason = await whyNoApt();
  if (reason) throw new Error(`"${packages.join(' ')}" cannot be installed: ${reason}.`);
  await withLock('/run/lock/stagecraft-apt.lock', async () => {
    const missing = await missingPackages(packages);
    if (missing.length === 0) return;
    log(`installing ${missing.join(' ')}`);
    const started = Date.now();
    await aptGet(['update']);
    await aptGet(['install', '--yes', '--no-install-recommends', '--no-upgrade', ...missing]);
    log(`installed ${missing.join(' ')} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  });
}

/** @param {readonly string[]} packages */
async function missingPackages(packages) {
  const installed = await Promise.all(packages.map(isInstalled));
  return packages.filter((_, index) => !installed[index]);
}

/**
 * @param {readonly string[]} args
 * @param {number} [triesLeft]
 * @returns {Promise<void>}
 */
async function aptGet(args, triesLeft = 30) {
  const env = {
    ...withSystemPath(process.env),
    DEBIAN_FRONTEND: 'noninteractive',
    // Package scripts would start the service through init; we start and stop it ourselves.
    RUNLEVEL: '1',
  };
  try {
    await run('apt-get', ['--quiet', '--option', 'DPkg::Lock::Timeout=300', ...args], { env });
  } catch (error) {
    // The timeout above does not cover the lock on the package lists, which another apt may hold for a moment.
    if (triesLeft === 0 || !String(error).includes('/var/lib/apt/lists/lock')) throw error;
    await sleep(2_000);
    await aptGet(args, triesLeft - 1);
  }
}

/**
 * @param {string} name
 * @returns {Promise<boolean>}
 */
async function isInstalled(name) {
  const query = ['--show', '--showformat', '${db:Status-Status}', name];
  // Off Debian there is no dpkg-query, and nothing is installed as a Debian package.
  const result = await run('dpkg-query', query, { okCodes: [0, 1] }).catch(() => undefined);
  return result?.stdout.trim() === 'installed';
}
