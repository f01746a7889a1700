import { existsSync } from 'node:fs';
import { installPackages, whyNoApt } from './apt.mjs';
import { vitestStep } from './steps.mjs';

const title = 'the site in a browser';
const browser = '/usr/bin/chromium';

/**
 * Builds the site and opens it in Chromium, which is installed for it. Where it can't be had the tests are skipped
 * aloud; in CI that is a failure.
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function siteStep() {
  const reason = existsSync(browser) ? undefined : await whyNoApt();
  if (reason === undefined) {
    await installPackages(['chromium'], (line) => console.log(`   ${line}`));
    return vitestStep(title, 'site');
  }
  const mustRun = Boolean(process.env.CI);
  const note = `There is no ${browser}, and ${reason}.`;
  console.log(`\n!! ${mustRun ? 'FAILED' : 'SKIPPED'}: ${title}. ${note}`);
  return { title, passed: 0, failed: mustRun ? 1 : 0, skipped: mustRun ? 0 : 1, notes: [note], seconds: 0 };
}
