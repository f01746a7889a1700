import type { ContextEntry, ContextSource } from '../build/context-source.ts';
import { compareBytes, toByteString } from './bytes.ts';
import { createFoundNodes } from './found-nodes.ts';
import type { Reinclude } from './ignore/ignore-rules.ts';
import { type ContextPlan, finishPlan, type PlanContextOptions, placeOf } from './plan.ts';
import { createListing } from './plan-entries.ts';
import { pathOf } from './planned-tree.ts';
import { preparePlan } from './prepare-plan.ts';

/** A context that an engine may already be told of, before it is known what travels. */
export interface LatePlan {
  /** Waits for the plan wherever it is needed; the entries come while it is made. */
  readonly source: ContextSource;
  /** Makes the plan, once. */
  plan(): Promise<ContextPlan>;
}

/**
 * Prepares a plan that is made while an engine is reached. `reinclude` is only asked for ignore files that bring
 * something back. What is wrong with the options is thrown at once; the rest rejects the plan.
 */
export function latePlan(
  options: Omit<PlanContextOptions, 'reinclude'>,
  reinclude: () => Promise<Reinclude>,
): LatePlan {
  const prepared = preparePlan(options);
  const place = placeOf(prepared.directory);
  const found = createFoundNodes();
  let finished: ContextPlan | undefined;
  const make = async (): Promise<ContextPlan> => {
    try {
      const more = prepared.ignore.negates ? { reinclude: await reinclude() } : {};
      finished = await finishPlan({ ...options, ...more }, prepared, found.add);
      found.end();
      return finished;
    } catch (error) {
      found.end({ error });
      throw error;
    }
  };
  let made: Promise<ContextPlan> | undefined;
  const plan = (): Promise<ContextPlan> => {
    made ??= make();
    return made;
  };
  // In-memory files find their place in the tree when all of it is known.
  const early = Object.keys(options.files ?? {}).length === 0;
  const entries = (): AsyncIterable<ContextEntry> => {
    if (finished !== undefined) return finished.entries();
    if (!early) return late(async () => (await plan()).entries());
    plan().catch(() => {});
    return found.read(createListing(place, prepared.mtime));
  };
  // Every build asks for its ignore file first, and most other names come after that.
  const entry = async (path: string): Promise<ContextEntry | undefined> => {
    if (finished !== undefined || !early || path.includes('/')) return (await plan()).entry?.(path);
    plan().catch(() => {});
    const wanted = toByteString(path);
    for await (const node of found.read((node) => node)) {
      const [top = ''] = pathOf(node).split('/', 1);
      if (pathOf(node) === wanted) return createListing(place, prepared.mtime)(node);
      if (compareBytes(top, wanted) > 0) return undefined;
    }
    return undefined;
  };
  const source: ContextSource = {
    identity: prepared.identity,
    get totals() {
      return finished?.totals;
    },
    entry,
    entries,
    pack: (extra) => late(async () => (await plan()).pack(extra)),
  };
  return { source, plan };
}

/** What a promise will give once it is asked for, without another turn of the event loop for each item. */
function late<T>(promised: () => Promise<AsyncIterable<T>>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      let items: AsyncIterator<T> | undefined;
      const first = async (): Promise<IteratorResult<T>> => {
        items = (await promised())[Symbol.asyncIterator]();
        return items.next();
      };
      return {
        next: () => items?.next() ?? first(),
        return: async () => (await items?.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
