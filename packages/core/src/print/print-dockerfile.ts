import type { ArgNode } from '../ast/arg.ts';
import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { Profile } from '../ast/profile.ts';
import type { StageNode } from '../ast/stage.ts';
import { StagecraftError, throwProblems } from '../errors/stagecraft-error.ts';
import type { Feature } from '../profile/feature.ts';
import { isDirectiveLike, printComments } from './comments.ts';
import { printDirectives } from './directives.ts';
import { noteFeatures } from './feature-problems.ts';
import { printFrom } from './from.ts';
import type { PrintContext } from './print-context.ts';
import { printInstruction } from './print-instruction.ts';
import { isContinued } from './shell-text.ts';
import { createShells, type Shells } from './stage-shells.ts';
import { wrapLines } from './wrap-line.ts';

export interface PrintOptions {
  /** What the engine that reads the text understands. Default: `'modern'`. */
  readonly profile?: Profile;
  /** Prints instructions that came from a Dockerfile as they stood there. Default: false. */
  readonly keepText?: boolean;
  /** Whether comments are printed. Default: true. */
  readonly comments?: boolean;
  /** Longer instructions with several parts are broken, one part a line. In characters. Default: 100. */
  readonly lineWidth?: number;
}

/** A printed Dockerfile, and where in it each instruction stands. */
export interface PrintedDockerfile {
  readonly text: string;
  readonly lines: readonly PrintedLines[];
}

/** The 1-based physical lines of one instruction, comments above it not included. */
export interface PrintedLines {
  readonly node: InstructionNode | FromNode | ArgNode;
  /** Index of the stage; -1 before the first FROM. */
  readonly stage: number;
  readonly line: number;
  readonly endLine: number;
}

/** What printing one file builds up. */
interface Printing {
  readonly options: PrintOptions;
  readonly context: PrintContext;
  readonly features: Set<Feature>;
  readonly shells: Shells;
  readonly output: string[];
  readonly lines: PrintedLines[];
  line: number;
}

/**
 * The text of a Dockerfile, deterministic, with LF line ends and a final newline.
 *
 * Every value is exact: it reads back as it was. Throws `invalid-value` for one that can't be written,
 * `unsupported-feature` for what the profile lacks, and all problems of a file together.
 */
export function printDockerfile(node: DockerfileNode, options: PrintOptions = {}): PrintedDockerfile {
  const printing = startPrinting(node, options);
  for (const arg of node.args) printNode(arg, -1, printing);
  node.stages.forEach((stage, index) => {
    printStage(stage, index, printing);
  });
  if (options.comments !== false) {
    const trailing = printComments(node.trailingComments ?? [], printing.context);
    if (trailing !== '') push(`\n${trailing}`, printing);
  }
  const head = printDirectives(node, printing.features, printing.context);
  throwProblems(printing.context.problems);
  return withHead(head, printing);
}

function startPrinting(node: DockerfileNode, options: PrintOptions): Printing {
  if (node.stages.length === 0) {
    throw new StagecraftError('empty-graph', 'A Dockerfile without a stage cannot be printed.', {
      hint: 'Begin with stage("name").from("image") or final().from("image").',
    });
  }
  const context: PrintContext = {
    escape: node.escape,
    profile: options.profile ?? 'modern',
    lineWidth: options.lineWidth ?? 100,
    problems: [],
    node,
    stageNames: new Set(
      node.stages.flatMap(({ from }) => (from.name === undefined ? [] : [from.name.toLowerCase()])),
    ),
    earlierStages: new Set(),
    shell: [],
    triggerShell: [],
  };
  return { options, context, features: new Set(), shells: createShells(), output: [], lines: [], line: 1 };
}

function printStage(stage: StageNode, index: number, printing: Printing): void {
  const { context, shells } = printing;
  shells.enter(stage, context);
  printNode(stage.from, index, printing);
  for (const instruction of stage.instructions) {
    printNode(instruction, index, printing);
    if (instruction.kind === 'Shell') context.shell = instruction.argv;
  }
  shells.leave(stage, context);
  if (stage.from.name !== undefined) context.earlierStages.add(stage.from.name.toLowerCase());
}

function printNode(node: InstructionNode | FromNode, stage: number, printing: Printing): void {
  const { context, options } = printing;
  context.node = node;
  const isLowered = noteFeatures(node, printing.features, context);
  const kept = options.keepText === true && !isLowered ? keptText(node, context) : undefined;
  const printed = kept ?? wrapLines(printLine(node, context), context);
  const comments = options.comments === false ? '' : printComments(node.comments ?? [], context);
  if (isSeparated(node, printing)) push('', printing);
  if (comments !== '') push(comments, printing);
  const line = printing.line;
  push(printed, printing);
  printing.lines.push({ node: node as PrintedLines['node'], stage, line, endLine: printing.line - 1 });
}

function printLine(node: InstructionNode | FromNode, context: PrintContext): string {
  return node.kind === 'From' ? printFrom(node, context) : printInstruction(node, context);
}

/** The text as it was read, unless it ended the file in a continuation and would swallow what follows it here. */
function keptText(node: InstructionNode | FromNode, context: PrintContext): string | undefined {
  const text = node.source?.original;
  return text === undefined || isContinued(text.trimEnd(), context.escape) ? undefined : text;
}

/** A blank line stands before each FROM, and wherever a file that was read had one. */
function isSeparated(node: InstructionNode | FromNode, printing: Printing): boolean {
  if (printing.output.length === 0) return false;
  return node.source === undefined ? node.kind === 'From' : node.source.blankBefore;
}

function push(text: string, printing: Printing): void {
  printing.output.push(text);
  printing.line += 1;
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) printing.line += 1;
}

/** The directives are only known once every instruction was seen, so the lines move down. */
function withHead(directives: readonly string[], printing: Printing): PrintedDockerfile {
  const { output, lines } = printing;
  const head = isHeadSeparated(directives, printing) ? [...directives, ''] : directives;
  const text = `${[...head, ...output].join('\n')}\n`;
  const offset = head.length;
  if (offset === 0) return { text, lines };
  const moved = ({ node, stage, line, endLine }: PrintedLines): PrintedLines => {
    return { node, stage, line: line + offset, endLine: endLine + offset };
  };
  return { text, lines: lines.map(moved) };
}

/** A comment such as `# escape=x` would be read as a directive without a blank line before it. */
function isHeadSeparated(directives: readonly string[], { output, lines }: Printing): boolean {
  if (isDirectiveLike(output[0] ?? '')) return true;
  return directives.length > 0 && lines[0]?.node.source?.blankBefore !== false;
}
