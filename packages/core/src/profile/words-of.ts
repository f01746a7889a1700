import type { TransferFields } from '../ast/copy.ts';
import type { KeyValue } from '../ast/env.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import type { Word } from '../ast/word.ts';
import type { FeatureNode, FeatureNodes } from './feature.ts';

type WordReaders = {
  readonly [K in keyof FeatureNodes]: (node: FeatureNodes[K]) => readonly (Word | undefined)[];
};

const nothing: readonly Word[] = [];
const none = (): readonly Word[] => nothing;

const readers: WordReaders = {
  Add: (node) => [...transferWords(node), node.checksum],
  Arg: (node) => node.args.map((declaration) => declaration.default),
  Cmd: none,
  Copy: transferWords,
  Entrypoint: none,
  Env: pairWords,
  Expose: (node) => node.ports,
  From: (node) => [node.base.kind === 'image' ? node.base.image : undefined, node.platform],
  HealthCheck: none,
  Label: pairWords,
  Maintainer: none,
  OnBuild: none,
  Raw: none,
  Run: ({ mounts }) => (mounts === undefined ? none() : mounts.flatMap(mountWords)),
  Shell: none,
  StopSignal: (node) => [node.signal],
  User: (node) => [node.user],
  Volume: (node) => node.paths,
  Workdir: (node) => [node.path],
};

/** The words of an instruction in which the builder expands variables. */
export function wordsOf<K extends keyof FeatureNodes>(
  node: FeatureNode & { readonly kind: K },
): readonly (Word | undefined)[] {
  const read = readers[node.kind] as (node: FeatureNode) => readonly (Word | undefined)[];
  return read(node);
}

/** The words of one mount. A raw mount's text is not taken apart. */
export function mountWords(mount: Mount | RawMount): readonly (Word | undefined)[] {
  if (mount.type === 'raw') return [];
  return [mount.target, mount.source, mount.id, mount.size, mount.mode, mount.uid, mount.gid, mount.env];
}

function transferWords({
  sources,
  files = [],
  dest,
  chown,
  chmod,
}: TransferFields): readonly (Word | undefined)[] {
  const words: (Word | undefined)[] = [dest, chown, chmod];
  for (const source of sources) words.push(source);
  for (const { data } of files) words.push(data);
  return words;
}

/** Asked for every instruction that is printed; `flat()` takes many times as long. */
function pairWords({ pairs }: { readonly pairs: readonly KeyValue[] }): readonly Word[] {
  const words: Word[] = [];
  for (const [key, value] of pairs) words.push(key, value);
  return words;
}
