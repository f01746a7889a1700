import type { ExposeNode } from '../ast/expose.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { parsePorts } from './ports.ts';

export function evaluateExpose(node: ExposeNode, { state, expandWords }: InstructionContext): void {
  const texts = node.ports.flatMap((word) => expandWords(word));
  for (const port of texts.flatMap(parsePorts)) state.image.exposedPorts.add(port);
}
