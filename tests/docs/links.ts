import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, textOf } from './snippets.ts';

/** The relative links of a page whose file or heading is not there. Links to other hosts are left alone. */
export function deadLinks(page: string, markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gmu, '');
  const targets = [...prose.matchAll(/(?<!!)\[[^\]]*\]\(([^)\s]+)\)/gu)].map(([, target]) => target ?? '');
  return targets.filter((target) => !/^[a-z]+:/u.test(target) && !leadsSomewhere(page, markdown, target));
}

function leadsSomewhere(page: string, markdown: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (path !== '' && !existsSync(join(root, file))) return false;
  if (heading === undefined) return true;
  if (path !== '' && statSync(join(root, file)).isDirectory()) return false;
  return anchors(path === '' ? markdown : textOf(file)).includes(heading);
}

/** The anchors that headings get: lower case, punctuation gone, blanks as hyphens. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
