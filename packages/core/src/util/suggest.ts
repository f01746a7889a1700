import { levenshtein } from './levenshtein.ts';

/** The known word closest to `word`, if one is within two edits; the first of equals wins. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of known) {
    const distance = levenshtein(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `Did you mean "builder"?`, or undefined when nothing known is close to `word`. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const match = suggest(word, known);
  return match === undefined ? undefined : `Did you mean "${match}"?`;
}
