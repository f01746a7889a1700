import { type StageSource, toGraph } from '@stagecraft/core';

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'from' | 'copy' | 'mount';
}

export interface StageGraph {
  readonly stages: readonly string[];
  readonly images: readonly string[];
  readonly contexts: readonly string[];
  readonly edges: readonly GraphEdge[];
}

export type GraphFormat = 'mermaid' | 'dot' | 'svg' | 'json';

type Dockerfile = ReturnType<typeof toGraph>;
type Stage = Dockerfile['stages'][number];
type Instruction = Stage['instructions'][number];
type Origin = Stage['from']['base'];
type Word = Extract<Origin, { readonly kind: 'image' }>['image'];

const buildContext = 'build context';

/** What is made from what: stages, the images and contexts they start from, copy from and mount. */
export function stageGraph(image: StageSource): StageGraph {
  const { stages } = toGraph(image);
  const names = stages.map(
    ({ from }, index) => from.name ?? (index === stages.length - 1 ? 'final' : `stage-${index}`),
  );
  const images = new Set<string>();
  const contexts = new Set<string>();
  const nodeOf = (origin: Origin): string => {
    if (origin.kind === 'image') {
      const name = wordText(origin.image);
      images.add(name);
      return name;
    }
    const name = origin.kind === 'stage' ? (origin.stage.from.name ?? '') : origin.name;
    if (!names.includes(name)) contexts.add(name === '' ? buildContext : name);
    return name === '' ? buildContext : name;
  };
  const edges = stages.flatMap((stage, index) => {
    const to = names[index] ?? 'final';
    return [
      { from: nodeOf(stage.from.base), to, kind: 'from' as const },
      ...stage.instructions.flatMap((node) =>
        originsOf(node).map(({ origin, kind }) => ({ from: nodeOf(origin), to, kind })),
      ),
    ];
  });
  const unique = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  return { stages: names, images: [...images], contexts: [...contexts], edges: [...unique.values()] };
}

function originsOf(
  node: Instruction,
): readonly { readonly origin: Origin; readonly kind: 'copy' | 'mount' }[] {
  const own: Origin = { kind: 'context', name: '' };
  if (node.kind === 'Copy') {
    if (node.from !== undefined) return [{ origin: node.from, kind: 'copy' }];
    return node.sources.length === 0 ? [] : [{ origin: own, kind: 'copy' }];
  }
  if (node.kind === 'Add') return node.sources.length === 0 ? [] : [{ origin: own, kind: 'copy' }];
  if (node.kind !== 'Run') return [];
  return (node.mounts ?? []).flatMap((mount) => {
    if (mount.type === 'raw') return [];
    if (mount.from !== undefined) return [{ origin: mount.from, kind: 'mount' as const }];
    return mount.type === 'bind' ? [{ origin: own, kind: 'mount' as const }] : [];
  });
}

function wordText(word: Word): string {
  if (typeof word === 'string') return word;
  if (word.kind === 'RawWord') return word.text;
  return word.parts.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
}

/** The graph in a format, ready to be written. */
export async function drawGraph(graph: StageGraph, format: GraphFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, ...graph })}\n`;
  if (format === 'mermaid') return toMermaid(graph);
  if (format === 'dot') return toDot(graph);
  // Graphviz as WebAssembly is large, and only this format needs it.
  const { instance } = await import('@viz-js/viz');
  return (await instance()).renderString(toDot(graph), { format });
}

/** For pages that draw Mermaid, such as READMEs on GitHub. */
export function toMermaid({ stages, images, contexts, edges }: StageGraph): string {
  const ids = idsOf([...stages, ...images, ...contexts]);
  const lines = [
    ...stages.map((name) => `  ${ids.get(name)}["${escapeMermaid(name)}"]`),
    ...images.map((name) => `  ${ids.get(name)}(["${escapeMermaid(name)}"])`),
    ...contexts.map((name) => `  ${ids.get(name)}[/"${escapeMermaid(name)}"/]`),
    ...edges.map(
      ({ from, to, kind }) =>
        `  ${ids.get(from)} ${kind === 'mount' ? '-.->' : '-->'}|${kind}| ${ids.get(to)}`,
    ),
  ];
  return `flowchart LR\n${lines.join('\n')}\n`;
}

/** For Graphviz. */
export function toDot({ stages, images, contexts, edges }: StageGraph): string {
  const lines = [
    '  rankdir=LR;',
    ...stages.map((name) => `  ${quote(name)} [shape=box];`),
    ...images.map((name) => `  ${quote(name)} [shape=ellipse];`),
    ...contexts.map((name) => `  ${quote(name)} [shape=folder];`),
    ...edges.map(
      ({ from, to, kind }) =>
        `  ${quote(from)} -> ${quote(to)} [label=${quote(kind)}${kind === 'mount' ? ', style=dashed' : ''}];`,
    ),
  ];
  return `digraph stages {\n${lines.join('\n')}\n}\n`;
}

function idsOf(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name, index) => [name, `n${index}`]));
}

function escapeMermaid(text: string): string {
  return text.replaceAll('"', '#quot;');
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
