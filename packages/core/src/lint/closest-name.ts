import { levenshtein } from '../util/levenshtein.ts';

/** The name within two edits of `name`, as BuildKit suggests it: case counts, the first of equals wins, none for a known name. */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of known) {
    const distance = levenshtein(name, candidate);
    if (distance === 0) return undefined;
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
