import type { Origin } from '../ast/origin.ts';
import type { Word } from '../ast/word.ts';
import { invariant } from '../util/invariant.ts';
import { type PrintContext, refuse } from './print-context.ts';

/** What FROM names: only there may an image hold variables. */
export function originWord(origin: Origin): Word {
  invariant(origin.kind !== 'stage', 'a stage reached the printer by reference instead of by name');
  return origin.kind === 'image' ? origin.image : origin.name;
}

/** What `--from` and a mount's `from` name: BuildKit expands no variables there. */
export function originText(origin: Origin, what: string, context: PrintContext): string {
  const word = originWord(origin);
  if (typeof word === 'string') {
    if (!word.includes('$')) return word;
  } else if (word.kind === 'RawWord' && !word.text.includes('$')) return word.text;
  return refuse(
    context,
    `The ${what} holds a variable, and variables are not expanded there.`,
    'Start a stage from that image, stage("name").from(expand`…`), and copy from the stage.',
  );
}
