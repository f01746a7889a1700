import { expect, test } from 'vitest';
import type { EngineUnderTest } from './engine-under-test.ts';
import { errorOf } from './expect-error.ts';

/** One thing every engine does, or refuses by name. */
export interface Scenario {
  /** A fact about every engine that has the feature. */
  readonly title: string;
  /** True for engines without the feature: there the same build must be refused before it starts. */
  readonly lackedBy?: (engine: EngineUnderTest) => boolean;
  readonly run: (engine: EngineUnderTest) => Promise<void>;
  readonly timeoutMs?: number;
}

/** Registers every scenario for one engine; none is left out, a lacking engine has to refuse. */
export function runScenarios(
  scenarios: readonly Scenario[],
  engine: () => EngineUnderTest,
  lacks: Pick<EngineUnderTest, 'store' | 'modern'>,
): void {
  for (const scenario of scenarios) {
    const lacking = scenario.lackedBy?.(lacks as EngineUnderTest) === true;
    const title = lacking ? `refuses by name what it lacks: ${scenario.title}` : scenario.title;
    test(title, { timeout: scenario.timeoutMs ?? 60_000 }, async () => {
      if (!lacking) return scenario.run(engine());
      const error = await errorOf(scenario.run(engine()));
      expect(error.code).toBe('unsupported-feature');
      expect(error.hint).toMatch(/BuildKit|Docker \d|registry|output/u);
    });
  }
}
