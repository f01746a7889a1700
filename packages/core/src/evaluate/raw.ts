import type { RawNode } from '../ast/raw.ts';
import { fail } from './fail.ts';

/** A raw instruction that can be read was replaced by what it says before; the others have no meaning to evaluate. */
export function evaluateRaw(node: RawNode): never {
  return fail(
    `The raw instruction "${node.text}" can't be evaluated.`,
    'Only instructions the parser knows can be.',
  );
}
