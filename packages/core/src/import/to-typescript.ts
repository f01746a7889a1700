import type { DockerfileNode } from '../ast/dockerfile.ts';
import { createDockerfile } from '../ast/dockerfile.ts';
import { createFrom } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { StageNode } from '../ast/stage.ts';
import { createStage } from '../ast/stage.ts';
import { hasShell } from '../builder/shell-capability.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { collectStages } from '../graph/collect-stages.ts';
import { originsOf } from '../graph/map-origins.ts';
import { isDockerfile, nodeOf, type StageSource } from '../graph/stage-source.ts';
import { printDockerfile } from '../print/print-dockerfile.ts';
import { whereOf } from '../source/where.ts';
import { createNames, type Names } from './names.ts';
import { toStages } from './to-stages.ts';
import { writeInstruction } from './write-instruction.ts';
import { writeCall, writeOptions, writeString, writeWord } from './write-value.ts';

/**
 * The TypeScript program that makes a graph: what brings a team's Dockerfiles over.
 *
 * What the fluent calls can't say exactly is written as `.raw('…')`. The last stage is the default export. Throws
 * `invalid-value` where raw text would lose a stage.
 * @example
 * toTypeScript(parseDockerfile('FROM alpine\nCMD ["sh"]\n'));
 * // import { final } from '@stagecraft/core';
 * //
 * // export default final()
 * //   .from('alpine')
 * //   .cmd(['sh']);
 */
export function toTypeScript(target: StageSource | DockerfileNode): string {
  const stages = isDockerfile(target) ? toStages(target) : collectStages(nodeOf(target));
  const names = createNames(stages);
  const referred = new Set(stages.flatMap(referencesOf));
  const bodies = stages.map((stage, index) =>
    writeStage(stage, index === stages.length - 1 ? 'target' : referred.has(stage) ? 'part' : 'other', names),
  );
  const declarations: string[] = [];
  // Defaults may name further arguments, so the list grows while it is written.
  for (let index = 0; index < names.arguments().length; index += 1) {
    const [variable = '', declaration] = names.arguments()[index] ?? [];
    if (declaration === undefined) continue;
    const value = declaration.default === undefined ? '' : `, ${writeWord(declaration.default, names)}`;
    declarations.unshift(`const ${variable} = arg(${writeString(declaration.name)}${value});`);
  }
  const program = [declarations.join('\n'), ...bodies].filter((part) => part !== '').join('\n\n');
  const imports = names.imports().filter((name) => isCalled(name, program));
  return `import { ${imports.join(', ')} } from '@stagecraft/core';\n\n${program}\n`;
}

/** What was written as `.raw('…')` in the end calls nothing. */
function isCalled(name: string, program: string): boolean {
  return new RegExp(`(?<![.\\w$])${name}[(.\`]`, 'u').test(program);
}

/** The stages a stage starts from and reads. */
function referencesOf({ from, instructions }: StageNode): readonly StageNode[] {
  return [from.base, ...instructions.flatMap(originsOf)].flatMap((origin) =>
    origin.kind === 'stage' ? [origin.stage] : [],
  );
}

/** The target is the default export; a stage that nothing needs is exported, so that it can be built as well. */
function writeStage(stage: StageNode, role: 'target' | 'part' | 'other', names: Names): string {
  const isTarget = role === 'target';
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
  const comments = (stage.from.comments ?? []).map((comment) => `// ${comment}\n`).join('');
  const declaration = isTarget
    ? 'export default '
    : `${role === 'other' ? 'export ' : ''}const ${names.stage(stage)} = `;
  return `${comments}${declaration}${calls.join('\n  ')};`;
}

function writeBase(base: StageNode['from']['base'], names: Names): string {
  if (base.kind === 'stage') return names.stage(base.stage);
  if (base.kind === 'image') return writeWord(base.image, names);
  names.use('context');
  return `context(${writeString(base.name)})`;
}

function writeNode(node: InstructionNode, shell: boolean, names: Names): string {
  const written = needsShell(node) && !shell ? undefined : writeInstruction(node, names);
  if (written !== undefined) return written;
  for (const origin of originsOf(node)) if (origin.kind === 'stage') throw losesStage(node, origin.stage);
  return writeCall('raw', writeString(printedText(node)));
}

/** Raw text names a stage, but does not bring it along. */
function losesStage(node: InstructionNode, { from: { name } }: StageNode): StagecraftError {
  const text = node.source?.text ?? node.kind.toUpperCase();
  const stage = name === undefined ? 'a stage without a name' : `the stage "${name}"`;
  return new StagecraftError(
    'invalid-value',
    `No call says "${text}", and as raw text it would lose ${stage}.`,
    {
      hint:
        node.kind === 'Copy'
          ? 'End the destination with a slash, or copy each file in an instruction of its own.'
          : 'Write the command as a JSON array, or begin from an image that has a shell.',
      where: whereOf(node),
    },
  );
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
