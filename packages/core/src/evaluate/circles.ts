import type { Location } from '../source/location.ts';
import { fail, locate } from './fail.ts';
import type { StageState } from './stage-state.ts';

type Dependency = readonly [state: StageState, where: Location | undefined];

/** Refuses stages that read from each other in a circle; the error names the first instruction on the way round. */
export function checkCircles(states: readonly StageState[]): void {
  const visited = new Set<StageState>();
  for (const state of states) {
    const circle = findCircle(state, visited);
    if (circle === undefined) continue;
    const [first] = circle
      .flatMap(([, where]) => (where === undefined ? [] : [where]))
      .sort((left, right) => left.line - right.line);
    locate(first, () =>
      fail(`The stage "${state.label}" depends on itself.`, 'Copy from another stage, or split this one.'),
    );
  }
}

/** Walks without recursion: a file may have any number of stages. */
function findCircle(start: StageState, visited: Set<StageState>): readonly Dependency[] | undefined {
  if (visited.has(start)) return undefined;
  visited.add(start);
  const onPath = new Set([start]);
  const walk = [{ state: start, open: [...start.dependencies], taken: [] as Dependency[] }];
  for (let step = walk.at(-1); step !== undefined; step = walk.at(-1)) {
    const next = step.open.shift();
    if (next === undefined) {
      onPath.delete(step.state);
      walk.pop();
      continue;
    }
    step.taken = [next];
    const [state] = next;
    if (onPath.has(state)) return walk.flatMap(({ taken }) => taken);
    if (visited.has(state)) continue;
    visited.add(state);
    onPath.add(state);
    walk.push({ state, open: [...state.dependencies], taken: [] });
  }
  return undefined;
}
