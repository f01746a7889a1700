import { createStopSignal, type StopSignalNode } from '../ast/stop-signal.ts';
import { baseOf, onlyArgument, rawWord, type Statement } from './statement.ts';

/** Flags are not checked: BuildKit drops them. @see https://docs.docker.com/reference/dockerfile/#stopsignal */
export function parseStopSignal(statement: Statement): StopSignalNode {
  return createStopSignal({ ...baseOf(statement), signal: rawWord(onlyArgument(statement), statement) });
}
