import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const pages = new URL('pages/', import.meta.url);

/** The pages of a folder as sidebar entries, by name. */
function entries(folder: string): { text: string; link: string }[] {
  return readdirSync(new URL(`${folder}/`, pages))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => name.replace(/\.md$/u, ''))
    .map((name) => ({ text: name, link: `/${folder}/${name}` }));
}

const guides = [
  ['Come over from Dockerfiles', 'migrate'],
  ['Secrets', 'secrets'],
  ['Caches', 'caches'],
  ['Several platforms', 'multi-platform'],
  ['Monorepos', 'monorepos'],
  ['CI', 'ci'],
  ['Debug an image without a shell', 'debug-distroless'],
] as const;

export default defineConfig({
  title: 'Stagecraft',
  description: 'Container images as typed TypeScript.',
  srcDir: '.vitepress/pages',
  cleanUrls: true,
  // The pages are read offline too, and tell nobody that they are.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Presets', link: '/presets' },
      { text: 'Commands', link: '/cli' },
      { text: 'Rules', link: '/rules/' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Concepts', link: '/concepts' },
      { text: 'Profiles', link: '/profiles' },
      { text: 'Guides', items: guides.map(([text, name]) => ({ text, link: `/guides/${name}` })) },
      { text: 'Presets', link: '/presets', collapsed: true, items: entries('presets') },
      { text: 'Examples', collapsed: true, items: entries('examples') },
      { text: 'Commands', link: '/cli' },
      { text: 'Lint rules', link: '/rules/', collapsed: true, items: entries('rules') },
      { text: 'Errors', link: '/errors' },
      {
        text: 'API',
        link: '/api/',
        items: [
          { text: '@stagecraft/core', link: '/api/@stagecraft/core' },
          { text: '@stagecraft/core/build', link: '/api/@stagecraft/core/build' },
          { text: '@stagecraft/core/context', link: '/api/@stagecraft/core/context-1' },
          { text: '@stagecraft/core/engines', link: '/api/@stagecraft/core/engines' },
          { text: '@stagecraft/presets', link: '/api/@stagecraft/presets' },
          { text: 'stagecraft', link: '/api/stagecraft' },
        ],
      },
      { text: 'Comparison', link: '/comparison' },
      { text: 'Decisions', link: '/adr/', collapsed: true, items: entries('adr') },
    ],
  },
});
