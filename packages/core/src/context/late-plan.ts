import type { ContextSource } from '../build/context-source.ts';
import type { Reinclude } from './ignore/ignore-rules.ts';
import { type ContextPlan, finishPlan, type PlanContextOptions } from './plan.ts';
import { preparePlan } from './prepare-plan.ts';

/** A context that an engine may already be told of, before it is known what travels. */
export interface LatePlan {
  /** Waits for the plan wherever it is needed. */
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
  let totals: ContextPlan['totals'] | undefined;
  const make = async (): Promise<ContextPlan> => {
    const more = prepared.ignore.negates ? { reinclude: await reinclude() } : {};
    const plan = await finishPlan({ ...options, ...more }, prepared);
    ({ totals } = plan);
    return plan;
  };
  let made: Promise<ContextPlan> | undefined;
  const plan = (): Promise<ContextPlan> => {
    made ??= make();
    return made;
  };
  const source: ContextSource = {
    identity: prepared.identity,
    get totals() {
      return totals;
    },
    entry: async (path) => (await plan()).entry?.(path),
    entries: () => late(async () => (await plan()).entries()),
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
