import type { Expansion, VariableReference, Word } from '../ast/word.ts';

/** Whether two words say the same; who declared a variable plays no part. */
export function sameWord(left: Word, right: Word): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  if (left.kind === 'Expansion') return right.kind === 'Expansion' && sameParts(left, right);
  return right.kind === 'RawWord' && left.text === right.text && left.escape === right.escape;
}

function sameParts(left: Expansion, right: Expansion): boolean {
  return (
    left.parts.length === right.parts.length &&
    left.parts.every((part, index) => {
      const other = right.parts[index];
      if (typeof part === 'string' || typeof other === 'string') return part === other;
      return other !== undefined && sameVariable(part, other);
    })
  );
}

function sameVariable(left: VariableReference, right: VariableReference): boolean {
  return (
    left.name === right.name &&
    left.operator === right.operator &&
    sameWord(left.operand ?? '', right.operand ?? '') &&
    sameWord(left.replacement ?? '', right.replacement ?? '')
  );
}
