import type { ContextSource } from '../build/context-source.ts';
import type { BuildEvent } from '../build/event.ts';
import type { Reinclude } from './ignore/ignore-rules.ts';
import { type LatePlan, latePlan } from './late-plan.ts';
import type { ContextPlan, PlanContextOptions } from './plan.ts';

/** The contexts of one build, planned while the engine is reached. */
export interface Planning {
  /** Adds a context, and gives what the engine is told of. Nothing is read before the build runs. */
  add(options: Omit<PlanContextOptions, 'reinclude' | 'signal'>): ContextSource;
  /** Runs the build beside its plans, tells their warnings, and fails with the one that fails. */
  run(build: (signal: AbortSignal) => AsyncIterable<BuildEvent>): AsyncIterable<BuildEvent>;
}

export function createPlanning(reinclude: () => Promise<Reinclude>, signal?: AbortSignal): Planning {
  const plans: LatePlan[] = [];
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const run = async function* (
    build: (signal: AbortSignal) => AsyncIterable<BuildEvent>,
  ): AsyncIterable<BuildEvent> {
    const planned = watchPlans(plans, stop);
    let told = false;
    try {
      for await (const event of build(either)) {
        if (event.type === 'result') await planned.all;
        if (planned.ready !== undefined && !told) yield* warningsOf(planned.ready);
        told = planned.ready !== undefined;
        yield event;
      }
    } catch (error) {
      // What a failed plan stopped reports a stop; the plan is the reason.
      throw signal?.aborted === true || planned.failure === undefined ? error : planned.failure.error;
    } finally {
      stop.abort();
      await Promise.allSettled(plans.map(({ plan }) => plan()));
    }
  };
  return {
    run,
    add(options) {
      const plan = latePlan({ ...options, signal: either }, reinclude);
      plans.push(plan);
      return plan.source;
    },
  };
}

interface WatchedPlans {
  readonly all: Promise<readonly ContextPlan[]>;
  ready?: readonly ContextPlan[];
  failure?: { readonly error: unknown };
}

function watchPlans(plans: readonly LatePlan[], stop: AbortController): WatchedPlans {
  const watched: WatchedPlans = { all: Promise.all(plans.map(({ plan }) => plan())) };
  watched.all.then(
    (ready) => {
      watched.ready = ready;
    },
    (error: unknown) => {
      watched.failure = { error };
      stop.abort(error);
    },
  );
  return watched;
}

/** What plans warn of, as events of a build. */
export function* warningsOf(plans: readonly Pick<ContextPlan, 'warnings'>[]): Iterable<BuildEvent> {
  for (const { message, hint, where } of plans.flatMap(({ warnings }) => warnings)) {
    yield { type: 'warning', text: `${message} ${hint}`, ...(where && { where }) };
  }
}
