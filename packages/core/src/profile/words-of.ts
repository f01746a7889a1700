import type { TransferFields } from '../ast/copy.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import type { Word } from '../ast/word.ts';
import type { FeatureNode, FeatureNodes } from './feature.ts';

type WordReaders = {
  readonly [K in keyof FeatureNodes]: (node: FeatureNodes[K]) => readonly (Word | undefined)[];
};

const none = (): readonly Word[] => [];

const readers: WordReaders = {
  Add: (node) => [...transferWords(node), node.checksum],
  Arg: (node) => node.args.map((declaration) => declaration.default),
  Cmd: none,
  Copy: transferWords,
  Entrypoint: none,
  Env: (node) => node.pairs.flat(),
  Expose: (node) => node.ports,
  From: (node) => [node.base.kind === 'image' ? node.base.image : undefined, node.platform],
  HealthCheck: none,
  Label: (node) => node.pairs.flat(),
  Maintainer: none,
  OnBuild: none,
  Raw: none,
  Run: (node) => (node.mounts ?? []).flatMap(mountWords),
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

function transferWords(node: TransferFields): readonly (Word | undefined)[] {
  return [...node.sources, ...(node.files ?? []).map((file) => file.data), node.dest, node.chown, node.chmod];
}
