import type { AddNode } from '../ast/add.ts';
import type { Command } from '../ast/command.ts';
import type { TransferFields } from '../ast/copy.ts';
import type { Mount } from '../ast/mount.ts';
import type { RunNode } from '../ast/run.ts';
import type { Word } from '../ast/word.ts';
import { hasOperator, hasVariable, operatorsWithoutColon, patternOperators } from './detect-words.ts';
import type { Feature } from './feature.ts';
import { mountWords } from './words-of.ts';

type Uses = NonNullable<Feature['uses']>;

const platformArgs: ReadonlySet<string> = new Set([
  ...['BUILDPLATFORM', 'BUILDOS', 'BUILDARCH', 'BUILDVARIANT'],
  ...['TARGETPLATFORM', 'TARGETOS', 'TARGETARCH', 'TARGETVARIANT'],
]);
const versionArgs: ReadonlySet<string> = new Set(['BUILDOSVERSION', 'TARGETOSVERSION']);

/**
 * What the language gained and when: read by the printer (profiles, `# syntax=`), by lint and by the documentation.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export const features: readonly Feature[] = [
  {
    name: 'platform-variables',
    syntax: 'FROM --platform=$BUILDPLATFORM',
    since: '1.0',
    uses: { From: (node) => hasVariable(node.platform) },
  },
  { name: 'platform-args', syntax: 'ARG TARGETARCH', since: '1.0', uses: declares(platformArgs) },
  {
    name: 'several-args',
    syntax: 'ARG with several names',
    since: '1.2',
    classic: true,
    uses: { Arg: (node) => node.args.length > 1 },
  },
  {
    name: 'run-mounts',
    syntax: 'RUN --mount',
    since: '1.2',
    uses: { Run: (node) => (node.mounts ?? []).length > 0 },
  },
  {
    name: 'chmod',
    syntax: 'COPY --chmod',
    since: '1.2',
    uses: transfer((node) => node.chmod !== undefined),
  },
  {
    name: 'run-network',
    syntax: 'RUN --network',
    since: '1.3',
    uses: { Run: (node) => node.network !== undefined },
  },
  {
    name: 'mount-variables',
    syntax: 'RUN --mount with variables or escapes in its values',
    since: '1.3',
    uses: mounts((mount) => mountWords(mount).some(isExpandedWord)),
  },
  {
    name: 'run-scripts',
    syntax: 'RUN with a here-document',
    since: '1.4',
    lowered: true,
    uses: { Run: ({ command }) => command.form === 'script' && !hasInterpreter(command) },
  },
  {
    name: 'interpreter-scripts',
    syntax: 'RUN with a here-document that begins with "#!"',
    since: '1.4',
    uses: { Run: ({ command }) => hasInterpreter(command) },
  },
  {
    name: 'shell-heredocs',
    syntax: 'RUN with a here-document of the shell',
    since: '1.4',
    uses: { Run: ({ command }) => command.form === 'shell' && (command.heredocs ?? []).length > 0 },
  },
  {
    name: 'inline-files',
    syntax: 'COPY with a here-document',
    since: '1.4',
    uses: transfer((node) => (node.files ?? []).length > 0),
  },
  { name: 'link', syntax: 'COPY --link', since: '1.4', uses: transfer((node) => node.link === true) },
  {
    name: 'tmpfs-size',
    syntax: 'RUN --mount=type=tmpfs,size=',
    since: '1.4',
    uses: mounts((mount) => mount.size !== undefined),
  },
  {
    name: 'add-git',
    syntax: 'ADD of a git repository',
    since: '1.6',
    uses: { Add: (node) => node.sources.some(isGit) },
  },
  {
    name: 'keep-git-dir',
    syntax: 'ADD --keep-git-dir',
    since: '1.6',
    uses: { Add: (node) => node.keepGitDir === true },
  },
  {
    name: 'add-checksum',
    syntax: 'ADD --checksum',
    since: '1.6',
    uses: { Add: (node) => node.checksum !== undefined },
  },
  {
    name: 'start-interval',
    syntax: 'HEALTHCHECK --start-interval',
    since: '1.6',
    uses: { HealthCheck: (node) => node.startInterval !== undefined },
  },
  {
    name: 'operators-without-colon',
    syntax: '${NAME-word}, ${NAME+word} and ${NAME?word}',
    since: '1.6',
    usesWord: (word) => hasOperator(word, operatorsWithoutColon),
  },
  {
    name: 'pattern-operators',
    syntax: '${NAME#pattern}, ${NAME%pattern} and ${NAME/pattern/replacement}',
    since: '1.7',
    usesWord: (word) => hasOperator(word, patternOperators),
  },
  {
    name: 'secret-env',
    syntax: 'RUN --mount=type=secret,env=',
    since: '1.10',
    uses: mounts((mount) => mount.env !== undefined),
  },
  {
    name: 'chmod-variables',
    syntax: 'COPY --chmod with variables',
    since: '1.10',
    uses: transfer((node) => hasVariable(node.chmod)),
  },
  {
    name: 'target-stage',
    syntax: 'ARG TARGETSTAGE',
    since: '1.11',
    uses: declares(new Set(['TARGETSTAGE'])),
  },
  {
    name: 'on-build-origins',
    syntax: "ONBUILD with --from or a mount's from",
    since: '1.11',
    uses: {
      OnBuild: ({ trigger }) => (trigger.kind === 'Copy' ? trigger.from !== undefined : mountsFrom(trigger)),
    },
  },
  { name: 'os-version-args', syntax: 'ARG TARGETOSVERSION', since: '1.13', uses: declares(versionArgs) },
  {
    name: 'symbolic-chmod',
    syntax: 'COPY --chmod=u=rwX,go=rX',
    since: '1.14',
    uses: transfer((node) => typeof node.chmod === 'string' && !/^[0-7]+$/u.test(node.chmod)),
  },
  {
    name: 'run-device',
    syntax: 'RUN --device',
    since: '1.14',
    labs: true,
    uses: { Run: (node) => (node.devices ?? []).length > 0 },
  },
  {
    name: 'git-checksum',
    syntax: 'ADD --checksum of a git repository',
    since: '1.16',
    uses: { Add: hasGitChecksum },
  },
  {
    name: 'add-unpack',
    syntax: 'ADD --unpack',
    since: '1.17',
    uses: { Add: (node) => node.unpack !== undefined },
  },
  {
    name: 'git-query',
    syntax: 'ADD of a git repository with a query, such as ?branch=',
    since: '1.18',
    uses: { Add: (node) => node.sources.some((source) => isGit(source) && textOf(source).includes('?')) },
  },
  {
    name: 'exclude',
    syntax: 'COPY --exclude',
    since: '1.19',
    uses: transfer((node) => (node.exclude ?? []).length > 0),
  },
  {
    name: 'parents',
    syntax: 'COPY --parents',
    since: '1.20',
    uses: { Copy: (node) => node.parents === true },
  },
  {
    name: 'run-security',
    syntax: 'RUN --security',
    since: '1.20',
    uses: { Run: (node) => node.security !== undefined },
  },
];

function transfer(uses: (node: TransferFields) => boolean): Uses {
  return { Add: uses, Copy: uses };
}

function mounts(uses: (mount: Mount) => boolean): Uses {
  return { Run: (node) => (node.mounts ?? []).some((mount) => mount.type !== 'raw' && uses(mount)) };
}

function declares(names: ReadonlySet<string>): Uses {
  return {
    Arg: (node) => node.args.some(({ name, default: value }) => value === undefined && names.has(name)),
  };
}

/** Frontends before 1.3 take these characters of a mount value as they are. */
function isExpandedWord(word: Word | undefined): boolean {
  if (word === undefined) return false;
  return typeof word === 'string'
    ? /["'$\\]/u.test(word)
    : word.kind !== 'RawWord' || /["'$\\`]/u.test(word.text);
}

function hasInterpreter(command: Command): boolean {
  if (command.form !== 'script') return false;
  const { body } = command;
  const start = typeof body === 'string' ? body : body.parts[0];
  return typeof start === 'string' && start.startsWith('#!');
}

function hasGitChecksum(node: AddNode): boolean {
  return node.checksum !== undefined && node.sources.some(isGit);
}

function mountsFrom(trigger: { readonly kind: string }): boolean {
  return (
    trigger.kind === 'Run' &&
    ((trigger as RunNode).mounts ?? []).some((mount) => mount.type !== 'raw' && mount.from !== undefined)
  );
}

function isGit(source: Word): boolean {
  const text = textOf(source);
  if (/^(?:git|ssh):\/\//u.test(text) || /^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:/u.test(text)) return true;
  return /^https?:\/\/[^?#]*\.git(?:[?#]|$)/u.test(text);
}

/** Variables in a source are taken for text that changes nothing about its kind. */
function textOf(word: Word): string {
  if (typeof word === 'string') return word;
  if (word.kind === 'RawWord') return word.text;
  return word.parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}
