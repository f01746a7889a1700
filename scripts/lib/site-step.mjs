import { existsSync } from 'node:fs';
import { installPackages, whyNoApt } from './apt.mjs';
import { vitestStep } from './steps.mjs';

const title = 'the site in a browser';
const browser = '/usr/bin/chromium';

/**
 * Builds the site and opens it in Chromium, which is installed for it. Where it can't be had the tests are skipped
 * aloud; in CI, and where it should have been had, that is a failure.
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function siteStep() {
  if (existsSync(browser)) return vitestStep(title, 'site');
  const reason = await whyNoApt();
  if (reason !== undefined) return refused(`There is no ${browser}, and ${reason}.`, Boolean(process.env.CI));
  try {
    await installPackages(['chromium'], (line) => console.log(`   ${line}`));
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error), true);
  }
  return vitestStep(title, 'site');
}

/**
 * @param {string} note
 * @param {boolean} mustRun
 * @returns {import('./steps.mjs').Outcome}
 */
function refused(note, mustRun) {
  console.log(`\n!! ${mustRun ? 'FAILED' : 'SKIPPED'}: ${title}. ${note}`);
  return { title, passed: 0, failed: mustRun ? 1 : 0, skipped: mustRun ? 0 : 1, notes: [note], seconds: 0 };
}
