import type { Origin } from '../ast/origin.ts';
import type { Word } from '../ast/word.ts';
import { invariant } from '../util/invariant.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';

/** What FROM names: only there may an image hold variables. */
export function baseWord(origin: Origin, context: PrintContext): Word {
  const word = originWord(origin);
  const isStage = typeof word === 'string' && context.earlierStages.has(word);
  if (origin.kind === 'image' && isStage) refuseName(word, context);
  return word;
}

function originWord(origin: Origin): Word {
  invariant(origin.kind !== 'stage', 'a stage reached the printer by reference instead of by name');
  return origin.kind === 'image' ? origin.image : origin.name;
}

function refuseName(image: string, context: PrintContext): void {
  refuse(
    context,
    `The image ${quoteValue(image)} has the name of a stage, which would be used instead.`,
    `Rename the stage, or write the image with its registry, such as "docker.io/library/${image}".`,
  );
}

/** What `--from` and a mount's `from` name: BuildKit expands no variables there. */
export function originText(origin: Origin, what: string, context: PrintContext): string {
  const word = originWord(origin);
  if (typeof word === 'string') {
    const isStage = context.stageNames.has(word.toLowerCase());
    if (origin.kind === 'image' && isStage) refuseName(word, context);
    if (!word.includes('$')) return word;
  } else if (word.kind === 'RawWord' && !word.text.includes('$')) return word.text;
  return refuse(
    context,
    `The ${what} holds a variable, and variables are not expanded there.`,
    'Start a stage from that image, stage("name").from(expand`…`), and copy from the stage.',
  );
}
