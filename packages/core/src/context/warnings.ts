import type { ContextRead } from '../build/context-read.ts';
import type { Location } from '../source/location.ts';
import { type ByteString, toText } from './bytes.ts';
import { nodesOf, type PlannedDirectory, type PlannedNode, pathOf } from './planned-tree.ts';

/** Something about the context that is probably not meant. */
export interface ContextWarning {
  readonly kind: 'unmatched-source' | 'secret' | 'git-directory' | 'node-modules' | 'skipped-socket';
  /** The file, directory or source it is about. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly where?: Location;
}

const secretNames = [
  /^\.env(?:\.(?!example$|sample$|template$|dist$|defaults$).+)?$/u,
  /^\.(?:netrc|npmrc|pypirc|pgpass|htpasswd|git-credentials|dockercfg|yarnrc\.yml)$/u,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/u,
  /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|tfstate)$/u,
  /^(?:credentials|secrets?|service-account[^.]*)\.(?:json|ya?ml|toml|ini)$/u,
  /^(?:kubeconfig|credentials\.csv|master\.key)$/u,
];
const secretPaths = [
  /(?:^|\/)\.aws\/credentials$/u,
  /(?:^|\/)\.docker\/config\.json$/u,
  /(?:^|\/)\.kube\/config$/u,
];
/** Names that only count in some directories. */
const secretEndings = new Set(['credentials', 'config.json', 'config']);
const harmlessKeys =
  /(?:\.pub|public[^/]*)\.(?:key|pem)$|(?:^|\/)(?:ca|cacert|ca-bundle|ca-certificates)\.pem$/iu;

/** Whether a file looks as if it held a secret, going by its path alone. */
function looksSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (harmlessKeys.test(path)) return false;
  return (
    secretNames.some((pattern) => pattern.test(name)) || secretPaths.some((pattern) => pattern.test(path))
  );
}

const heavyDirectories = {
  '.git': {
    kind: 'git-directory',
    hint: 'List ".git" in .dockerignore: the history is large, and holds everything that was ever committed.',
  },
  node_modules: {
    kind: 'node-modules',
    hint: 'List "**/node_modules" in .dockerignore and install in the image: modules are built for one platform.',
  },
} as const;

/** The warnings about what travels. */
export function treeWarnings(root: PlannedDirectory): ContextWarning[] {
  const warnings: ContextWarning[] = [];
  for (const node of nodesOf(root)) {
    const warning = node.kind === 'directory' ? heavyWarning(node) : secretWarning(node);
    if (warning !== undefined) warnings.push(warning);
  }
  return warnings;
}

function heavyWarning(directory: PlannedDirectory): ContextWarning | undefined {
  const heavy = heavyDirectory(directory.name);
  if (heavy === undefined || isInsideHeavy(directory.path)) return undefined;
  const path = toText(directory.path);
  return { ...heavy, path, message: `"${path}" travels to the engine.` };
}

function secretWarning(node: PlannedNode): ContextWarning | undefined {
  // Almost every file is passed over by its name alone: paths are only put together for the others.
  if (node.kind !== 'file' || !mayBeSecret(node.name)) return undefined;
  const bytes = pathOf(node);
  const path = toText(bytes);
  if (isInsideHeavy(bytes) || !looksSecret(path)) return undefined;
  return {
    kind: 'secret',
    path,
    message: `"${path}" looks like a secret, and travels to the engine.`,
    hint: 'List it in .dockerignore, and hand secrets over with a secret mount.',
  };
}

function mayBeSecret(name: ByteString): boolean {
  return secretNames.some((pattern) => pattern.test(name)) || secretEndings.has(name);
}

function heavyDirectory(
  name: ByteString,
): (typeof heavyDirectories)[keyof typeof heavyDirectories] | undefined {
  return name === '.git' || name === 'node_modules' ? heavyDirectories[name] : undefined;
}

function isInsideHeavy(path: ByteString): boolean {
  return /(?:^|\/)(?:\.git|node_modules)\//u.test(path);
}

export function socketWarning(path: ByteString): ContextWarning {
  return {
    kind: 'skipped-socket',
    path: toText(path),
    message: `"${toText(path)}" is a socket, which cannot travel: it is left out.`,
    hint: 'List it in .dockerignore.',
  };
}

/** Sources for which nothing travels; `matched` are the reads that took something. */
export function unmatchedWarnings(
  reads: readonly ContextRead[],
  matched: ReadonlySet<ContextRead>,
): ContextWarning[] {
  return reads
    .filter((read) => !matched.has(read) && read.whole !== true)
    .map((read) => ({
      kind: 'unmatched-source',
      path: read.source,
      message: `"${read.source}" matches nothing in the context.`,
      hint: 'Correct the path, or remove the line of .dockerignore that drops it.',
      ...(read.where === undefined ? {} : { where: read.where }),
    }));
}
