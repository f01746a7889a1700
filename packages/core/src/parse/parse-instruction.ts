import type { InstructionNode } from '../ast/index.ts';
import { didYouMean } from '../util/suggest.ts';
import { parseAdd } from './add.ts';
import { parseArg } from './arg.ts';
import { parseCmd } from './cmd.ts';
import { parseCopy } from './copy.ts';
import { parseEntrypoint } from './entrypoint.ts';
import { parseEnv } from './env.ts';
import { parseExpose } from './expose.ts';
import { parseHealthCheck } from './health-check.ts';
import { parseLabel } from './label.ts';
import { parseMaintainer } from './maintainer.ts';
import { parseOnBuild } from './on-build.ts';
import { parseRun } from './run.ts';
import { parseShell } from './shell.ts';
import { keywords, type Statement } from './statement.ts';
import { parseStopSignal } from './stop-signal.ts';
import { syntaxError } from './syntax-error.ts';
import { parseUser } from './user.ts';
import { parseVolume } from './volume.ts';
import { parseWorkdir } from './workdir.ts';

const parsers: ReadonlyMap<string, (statement: Statement) => InstructionNode> = new Map<
  string,
  (statement: Statement) => InstructionNode
>([
  ['ADD', parseAdd],
  ['ARG', parseArg],
  ['CMD', parseCmd],
  ['COPY', parseCopy],
  ['ENTRYPOINT', parseEntrypoint],
  ['ENV', parseEnv],
  ['EXPOSE', parseExpose],
  ['HEALTHCHECK', parseHealthCheck],
  ['LABEL', parseLabel],
  ['MAINTAINER', parseMaintainer],
  ['ONBUILD', (statement) => parseOnBuild(statement, parseInstruction)],
  ['RUN', parseRun],
  ['SHELL', parseShell],
  ['STOPSIGNAL', parseStopSignal],
  ['USER', parseUser],
  ['VOLUME', parseVolume],
  ['WORKDIR', parseWorkdir],
]);

/** The typed node of any instruction but FROM. */
export function parseInstruction(statement: Statement): InstructionNode {
  const parse = parsers.get(statement.name);
  if (parse !== undefined) return parse(statement);
  return syntaxError(
    `"${statement.keyword}" is not an instruction.`,
    didYouMean(statement.keyword, keywords) ?? 'Is a line break missing its backslash on the line above?',
  );
}
