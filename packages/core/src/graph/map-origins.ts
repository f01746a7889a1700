import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { Mount, RawMount } from '../ast/mount.ts';
import type { Origin } from '../ast/origin.ts';
import { shareCallSite } from '../source/call-site.ts';
import { freeze } from '../util/freeze.ts';

/** The origins an instruction reads from: `--from`, the `from` of mounts, and those of an ONBUILD trigger. */
export function originsOf(node: InstructionNode): readonly Origin[] {
  if (node.kind === 'Copy') return node.from === undefined ? [] : [node.from];
  if (node.kind === 'OnBuild') return originsOf(node.trigger);
  if (node.kind !== 'Run') return [];
  return (node.mounts ?? []).flatMap((mount) =>
    mount.type === 'raw' || mount.from === undefined ? [] : [mount.from],
  );
}

/** The same instruction with every origin replaced; the node itself when none changes. */
export function mapOrigins(node: InstructionNode, replace: (origin: Origin) => Origin): InstructionNode {
  if (originsOf(node).every((origin) => replace(origin) === origin)) return node;
  return shareCallSite(node, mapped(node, replace));
}

/** The same FROM with its base replaced; the node itself when it stays. */
export function mapBase(node: FromNode, replace: (origin: Origin) => Origin): FromNode {
  const base = replace(node.base);
  return base === node.base ? node : shareCallSite(node, freeze({ ...node, base }));
}

function mapped(node: InstructionNode, replace: (origin: Origin) => Origin): InstructionNode {
  if (node.kind === 'Copy' && node.from !== undefined) return freeze({ ...node, from: replace(node.from) });
  if (node.kind === 'OnBuild') return freeze({ ...node, trigger: mapOrigins(node.trigger, replace) });
  if (node.kind !== 'Run' || node.mounts === undefined) return node;
  const mapMount = (mount: Mount | RawMount): Mount | RawMount =>
    mount.type === 'raw' || mount.from === undefined
      ? mount
      : freeze({ ...mount, from: replace(mount.from) });
  return freeze({ ...node, mounts: freeze(node.mounts.map(mapMount)) });
}
