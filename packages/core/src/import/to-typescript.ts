import type { DockerfileNode } from '../ast/dockerfile.ts';
import { createDockerfile } from '../ast/dockerfile.ts';
import { createFrom } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { StageNode } from '../ast/stage.ts';
import { createStage } from '../ast/stage.ts';
import { hasShell } from '../builder/shell-capability.ts';
import { collectStages } from '../graph/collect-stages.ts';
import type { StageSource } from '../graph/stage-source.ts';
import { printDockerfile } from '../print/print-dockerfile.ts';
import { createNames, type Names } from './names.ts';
import { toStages } from './to-stages.ts';
import { writeInstruction } from './write-instruction.ts';
import { writeCall, writeOptions, writeString, writeWord } from './write-value.ts';

/**
 * The TypeScript program that makes a graph: what brings a team's Dockerfiles over.
 *
 * What the fluent calls can't say exactly is written as `.raw('…')`. The last stage is the default export.
 * @example
 * toTypeScript(parseDockerfile('FROM alpine\nCMD ["sh"]\n'));
 * // import { final } from '@stagecraft/core';
 * //
 * // export default final()
 * //   .from('alpine')
 * //   .cmd(['sh']);
 */
export function toTypeScript(target: StageSource | DockerfileNode): string {
  const stages = 'toNode' in target ? collectStages(target.toNode()) : toStages(target);
  const names = createNames(stages);
  const bodies = stages.map((stage, index) => writeStage(stage, index === stages.length - 1, names));
  const declarations: string[] = [];
  // Defaults may name further arguments, so the list grows while it is written.
  for (let index = 0; index < names.arguments().length; index += 1) {
    const [variable = '', declaration] = names.arguments()[index] ?? [];
    if (declaration === undefined) continue;
    const value = declaration.default === undefined ? '' : `, ${writeWord(declaration.default, names)}`;
    declarations.unshift(`const ${variable} = arg(${writeString(declaration.name)}${value});`);
  }
  const imports = `import { ${names.imports().join(', ')} } from '@stagecraft/core';`;
  return `${[imports, declarations.join('\n'), ...bodies].filter((part) => part !== '').join('\n\n')}\n`;
}

function writeStage(stage: StageNode, isTarget: boolean, names: Names): string {
  const { name, base, platform } = stage.from;
  const start = isTarget ? 'final' : 'stage';
  names.use(start);
  const title = name === undefined ? (isTarget ? '' : writeString(names.stage(stage))) : writeString(name);
  const options = writeOptions({ platform: platform === undefined ? undefined : writeWord(platform, names) });
  let shell = stageHasShell(stage);
  const calls = [`${start}(${title})`, writeCall('from', writeBase(base, names), options)];
  for (const node of stage.instructions) {
    for (const comment of node.comments ?? []) calls.push(writeCall('comment', writeString(comment)));
    calls.push(writeNode(node, shell, names));
    shell ||= node.kind === 'Shell';
  }
  return `${isTarget ? 'export default ' : `const ${names.stage(stage)} = `}${calls.join('\n  ')};`;
}

function writeBase(base: StageNode['from']['base'], names: Names): string {
  if (base.kind === 'stage') return names.stage(base.stage);
  if (base.kind === 'image') return writeWord(base.image, names);
  names.use('context');
  return `context(${writeString(base.name)})`;
}

function writeNode(node: InstructionNode, shell: boolean, names: Names): string {
  const written = needsShell(node) && !shell ? undefined : writeInstruction(node, names);
  return written ?? writeCall('raw', writeString(printedText(node)));
}

function needsShell(node: InstructionNode): boolean {
  if (node.kind === 'OnBuild') return needsShell(node.trigger);
  return 'command' in node && node.command !== undefined && node.command.form !== 'exec';
}

function stageHasShell({ from }: StageNode): boolean {
  const { base } = from;
  if (base.kind === 'stage')
    return stageHasShell(base.stage) || base.stage.instructions.some((node) => node.kind === 'Shell');
  return base.kind !== 'image' || typeof base.image !== 'string' || hasShell(base.image);
}

/** One instruction as the printer writes it. */
function printedText(node: InstructionNode): string {
  const from = createFrom({ base: { kind: 'image', image: 'scratch' } });
  const stages = [createStage({ from, instructions: [node] })];
  const file = createDockerfile({ directives: [], escape: '\\', args: [], stages });
  return printDockerfile(file, { comments: false })
    .text.replace(/^.*?FROM scratch\n/su, '')
    .trimEnd();
}
