import type { StopSignalNode } from '../ast/stop-signal.ts';
import { freeze } from '../util/freeze.ts';
import { onlyArgument, rawWord, type Statement, startNode } from './statement.ts';

/** Flags are not checked: BuildKit drops them. @see https://docs.docker.com/reference/dockerfile/#stopsignal */
export function parseStopSignal(statement: Statement): StopSignalNode {
  const node = startNode<StopSignalNode>('StopSignal', statement);
  node.signal = rawWord(onlyArgument(statement), statement);
  return freeze(node);
}
