// Writes the pages of the site from the Markdown files that stand all over the repository.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './lib/steps.mjs';

const target = join(root, 'docs/.vitepress/pages');
const pages = sitePages();
rmSync(target, { recursive: true, force: true });
for (const [source, page] of pages) {
  const path = join(target, page);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, withLinks(readFileSync(join(root, source), 'utf8'), source, page));
}

/**
 * Every page: its file, from the root, and its place on the site, where README.md is index.md.
 * @returns {ReadonlyMap<string, string>}
 */
function sitePages() {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => path.endsWith('.md') && !path.startsWith('.vitepress') && !path.includes('node_modules'),
    )
    .map((path) => [join('docs', path), path.replace(/README\.md$/u, 'index.md')]);
  const presets = readmes('packages/presets/src', 'presets');
  const examples = readmes('examples', 'examples');
  return new Map(/** @type {[string, string][]} */ ([...docs, ...presets, ...examples]));
}

/**
 * @param {string} folder
 * @param {string} place
 */
function readmes(folder, place) {
  return readdirSync(join(root, folder))
    .filter((name) => existsSync(join(root, folder, name, 'README.md')))
    .map((name) => [join(folder, name, 'README.md'), `${place}/${name}.md`]);
}

/**
 * A link to another page leads to its place on the site; one to a file of the repository that is no page becomes its
 * text. What leads nowhere stays, and fails the build.
 * @param {string} text
 * @param {string} source
 * @param {string} page
 */
function withLinks(text, source, page) {
  return text.replaceAll(
    /(?<!!)\[([^\]]*)\]\(([^)\s:#]+)(#[^)\s]*)?\)/gu,
    (link, label, path, anchor = '') => {
      const file = join(dirname(source), path);
      const place = pages.get(file) ?? pages.get(join(file, 'README.md'));
      if (place === undefined) return existsSync(join(root, file)) ? label : link;
      return `[${label}](${relative(join('/', dirname(page)), join('/', place))}${anchor})`;
    },
  );
}
