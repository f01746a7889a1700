import { expect, test } from 'vitest';
import type { StagecraftError } from '../../../src/errors/stagecraft-error.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { errorOf } from './expect-error.ts';

/** One thing every engine does, or refuses by name. */
export interface Scenario {
  /** A fact about every engine that has the feature. */
  readonly title: string;
  /** True for engines without the feature: there the same build must be refused before it starts. */
  readonly lackedBy?: (engine: EngineUnderTest) => boolean;
  readonly run: (engine: EngineUnderTest) => Promise<void>;
  /**
   * What the classic builder does instead: refuses by name what only BuildKit has, the same although other old engines
   * lack it, or something of its own.
   */
  readonly onClassic?: 'refused' | 'same' | ((engine: EngineUnderTest) => Promise<void>);
  readonly timeoutMs?: number;
}

/** Registers every scenario for one engine; none is left out, a lacking engine has to refuse. */
export function runScenarios(
  scenarios: readonly Scenario[],
  engine: () => EngineUnderTest,
  lacks: Pick<EngineUnderTest, 'store' | 'modern'>,
): void {
  for (const scenario of scenarios) {
    const own = lacks.store === 'classic' ? scenario.onClassic : undefined;
    const lacking =
      own === 'refused' || (own === undefined && scenario.lackedBy?.(lacks as EngineUnderTest) === true);
    const differs = typeof own === 'function' ? `instead of "${scenario.title}"` : scenario.title;
    const title = lacking ? `refuses by name what it lacks: ${scenario.title}` : differs;
    test(title, { timeout: scenario.timeoutMs ?? 60_000 }, async () => {
      if (!lacking) return typeof own === 'function' ? own(engine()) : scenario.run(engine());
      const error = await refusalOf(scenario, engine());
      expect(refusalsIn(error).map(({ code }) => code)).toEqual(
        refusalsIn(error).map(() => 'unsupported-feature'),
      );
      expect(refusalsIn(error)[0]?.hint).toMatch(/[Bb]uild[Kk]it|Docker \d|registry|output/u);
    });
  }
}

/** What the build of the scenario was refused with, also where the scenario itself expects another failure. */
async function refusalOf(scenario: Scenario, engine: EngineUnderTest): Promise<StagecraftError> {
  const { rejections } = engine;
  if (rejections === undefined) return errorOf(scenario.run(engine));
  rejections.length = 0;
  await scenario.run(engine).catch(() => {});
  return errorOf(Promise.reject(rejections[0]));
}

/** Several refusals come together. */
function refusalsIn(error: StagecraftError): readonly StagecraftError[] {
  return error.code === 'graph-problems' ? error.problems : [error];
}
