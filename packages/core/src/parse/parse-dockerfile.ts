import type { ArgNode } from '../ast/arg.ts';
import { check, checkOptions } from '../ast/check.ts';
import { createDockerfile, type DockerfileNode } from '../ast/dockerfile.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { createStage, type StageNode } from '../ast/stage.ts';
import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';
import { codeFrame } from '../source/code-frame.ts';
import type { Location } from '../source/location.ts';
import { readDirectives } from './directives.ts';
import { parseFrom } from './from.ts';
import { type LogicalLine, readLogicalLines } from './logical-lines.ts';
import { parseInstruction } from './parse-instruction.ts';
import { opensHeredocs, readStatement, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

export interface ParseOptions {
  /** The name of the file, for positions in errors and findings. */
  readonly file?: string;
}

/**
 * Reads a Dockerfile the way BuildKit does, and keeps where and how everything stood.
 *
 * Words keep their quotes: they are expanded when the file is evaluated. Throws `parse-error` with line, column and a code
 * frame; never anything else, and in linear time.
 * @see https://docs.docker.com/reference/dockerfile/
 * @example
 * parseDockerfile('FROM alpine\nRUN ls\n').stages[0]?.instructions[0]?.kind; // 'Run'
 */
export function parseDockerfile(text: string, options: ParseOptions = {}): DockerfileNode {
  const { file } = checkOptions('parseDockerfile', options, { file: 'text' });
  check('The text of a Dockerfile', text, 'text');
  const physical = physicalLines(text);
  const { directives, escape: token, lines: unattachedLines } = readDirectives(physical, file);
  const { lines, trailingComments } = readLogicalLines(physical, {
    escape: token,
    file,
    directiveLines: Math.max(unattachedLines, directives.at(-1)?.line ?? 0),
    unattachedLines,
    opensHeredocs,
  });
  if (lines.length === 0) throw noInstructions(physical, file);
  const reading: Reading = { line: undefined };
  try {
    // BuildKit cuts the whole file before it checks the first instruction.
    const statements = lines.map((line) => {
      reading.line = line;
      return readStatement(line, token, file);
    });
    const parts = collectStages(statements, reading);
    return createDockerfile({
      directives,
      escape: token,
      ...parts,
      ...(trailingComments.length === 0 ? {} : { trailingComments }),
    });
  } catch (error) {
    throw placed(error, reading.line, file, text);
  }
}

/** The instruction at hand, where an error without a place is placed. */
interface Reading {
  line: LogicalLine | undefined;
}

interface Parts {
  readonly args: readonly ArgNode[];
  readonly stages: readonly StageNode[];
}

function collectStages(statements: readonly Statement[], reading: Reading): Parts {
  const args: ArgNode[] = [];
  const stages: { readonly from: FromNode; readonly instructions: InstructionNode[] }[] = [];
  for (const statement of statements) {
    reading.line = statement.line;
    if (statement.name === 'FROM') {
      stages.push({ from: parseFrom(statement), instructions: [] });
      continue;
    }
    const node = parseInstruction(statement);
    const stage = stages.at(-1);
    if (stage !== undefined) stage.instructions.push(node);
    else if (node.kind === 'Arg') args.push(node);
    else syntaxError(`${statement.name} stands before the first FROM.`, 'Only ARG may stand there.');
  }
  return { args, stages: stages.map(createStage) };
}

/** Lines without their newline; a byte order mark in front is dropped. */
function physicalLines(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Gives an error that has no place the place of the instruction. */
function placed(
  error: unknown,
  line: LogicalLine | undefined,
  file: string | undefined,
  text: string,
): unknown {
  if (!isStagecraftError(error) || error.where !== undefined || line === undefined) return error;
  const where: Location = {
    ...(file === undefined ? {} : { file }),
    line: line.first,
    column: line.column,
    endLine: line.last,
  };
  const { code, message, hint } = error;
  return new StagecraftError(code, message, { hint, where, frame: codeFrame(text, where) });
}

function noInstructions(physical: readonly string[], file: string | undefined): StagecraftError {
  const where =
    physical.length === 0 ? undefined : { ...(file === undefined ? {} : { file }), line: 1, column: 1 };
  return new StagecraftError('parse-error', 'The file has no instructions.', {
    hint: 'Begin with FROM and an image.',
    where,
  });
}
