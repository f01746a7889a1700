import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { rootImage } from '../stage-chain.ts';

const systemPaths: ReadonlySet<string> = new Set([
  '/bin',
  '/etc',
  '/lib',
  '/lib64',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/var',
]);

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noCopyOverSystemPath: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'no-copy-over-system-path',
    aliases: ['DL3067'],
    severity: 'warning',
    why: 'It replaces files of the base image that programs rely on.',
  },
  (node, { stage, dockerfile }) => {
    if (stage === undefined || (node.kind !== 'Copy' && node.kind !== 'Add')) return undefined;
    const dest = wordText(node.dest).replace(/\/+$/u, '') || '/';
    const sources = node.sources.map((source) => wordText(source));
    const isWhole = sources.some((source) => ['/', '.', './', '/.'].includes(source));
    const isDirectory = sources.some((source) => source.endsWith('/') || source.endsWith('/.'));
    if (!(dest === '/' ? isWhole : systemPaths.has(dest) && (isWhole || isDirectory))) return undefined;
    if (rootImage(stage, dockerfile) === 'scratch') return undefined;
    return {
      message: `A whole directory is copied over "${dest}".`,
      hint: 'Copy the files that are needed, or into a directory of their own.',
    };
  },
);
