import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ServedSite, serveSite } from './serve-site.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'docs/.vitepress/dist');
const run = promisify(execFile);

let site: ServedSite;
let browser: Browser;
let page: Page;
/** What the browser asked for, and what went wrong in it. */
const requests: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  rmSync(dist, { recursive: true, force: true });
  await run('npm', ['run', 'site'], { cwd: root });
  site = await serveSite(dist);
  // Without these the browser calls home, which tests must not.
  const quiet = [
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
  });
  page = await browser.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** The address changes before the page does, so each look waits for what it wants to see. */
const sees = (selector: string, hasText: string): Promise<void> =>
  page.locator(selector, { hasText }).first().waitFor({ timeout: 20_000 });

test('a reader comes from the first page to a guide, a rule and the API', async () => {
  await page.goto(site.url);
  await sees('main h1', 'Stagecraft');
  await page.locator('main').getByRole('link', { name: 'Quick start' }).click();
  await page.waitForURL('**/quick-start');
  await sees('main h1', 'Quick start');
  await page.locator('aside').getByRole('link', { name: 'Secrets' }).click();
  await page.waitForURL('**/guides/secrets');
  await sees('main h1', 'Secrets');
  await page.locator('header').getByRole('link', { name: 'Rules' }).click();
  await page.waitForURL('**/rules/');
  await page.locator('main').getByRole('link', { name: 'no-root-user' }).click();
  await page.waitForURL('**/rules/no-root-user');
  await sees('main h2', 'Why');
  await page.locator('header').getByRole('link', { name: 'API' }).click();
  await page.locator('aside').getByRole('link', { name: '@stagecraft/core/build' }).click();
  await page.waitForURL('**/api/@stagecraft/core/build');
  await sees(
    'main p',
    'Builds a stage on a real engine. Resolves once the engine shows the finished image; writes nothing beside it.',
  );
});

test('the search finds a page by its text', async () => {
  await page.goto(`${site.url}/quick-start`);
  // The page answers keys once its program has started.
  await vi.waitFor(async () => {
    await page.keyboard.press('Control+k');
    await page.locator('.search-input').waitFor({ timeout: 500 });
  }, 20_000);
  await page.locator('.search-input').fill('debug an image without a shell');
  const results = page.locator('.VPLocalSearchBox .result');
  await sees('.VPLocalSearchBox .result', 'Debug');
  await results.first().click();
  await page.waitForURL('**/guides/debug-distroless**');
});

test('every page is there and has its heading', async () => {
  const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html') && path !== '404.html')
    .map((path) => path.replace(/(?:index)?\.html$/u, ''));
  expect(pages.length).toBeGreaterThan(110);
  for (const path of pages) {
    const response = await fetch(`${site.url}/${path}`);
    expect(response.status, path).toBe(200);
    expect(await response.text(), path).toMatch(/<h1 [^>]*>/u);
  }
  expect((await fetch(`${site.url}/no-such-page`)).status).toBe(404);
});

test('nothing is asked of another host, and nothing goes wrong in the browser', () => {
  expect(requests.length).toBeGreaterThan(10);
  expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('data:'))).toEqual([]);
  expect(problems).toEqual([]);
});

test('a link that leads nowhere fails the build', async () => {
  const directory = join(root, 'temp/dead-link');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'index.md'), '# A page\n\n[nowhere](./nowhere.md)\n');
  const building = run(join(root, 'node_modules/.bin/vitepress'), ['build', directory], { cwd: root });
  await expect(building).rejects.toThrow(/dead link/u);
  writeFileSync(join(directory, 'index.md'), '# A page\n\n[here](./index.md)\n');
  await run(join(root, 'node_modules/.bin/vitepress'), ['build', directory], { cwd: root });
  expect(readFileSync(join(directory, '.vitepress/dist/index.html'), 'utf8')).toContain('A page');
  rmSync(directory, { recursive: true });
});
