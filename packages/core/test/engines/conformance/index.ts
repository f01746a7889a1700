import { describe } from 'vitest';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { runScenarios, type Scenario } from '../support/scenario.ts';
import { contextScenarios } from './context.ts';
import { failureScenarios } from './failures.ts';
import { faultScenarios } from './faults.ts';
import { frontendScenarios } from './frontend.ts';
import { layoutScenarios } from './layouts.ts';
import { lifecycleScenarios } from './lifecycle.ts';
import { outputScenarios } from './outputs.ts';
import { progressScenarios } from './progress.ts';
import { registryScenarios } from './registries.ts';
import { secretScenarios } from './secrets.ts';
import { sshScenarios } from './ssh.ts';

const groups: Readonly<Record<string, readonly Scenario[]>> = {
  contexts: contextScenarios,
  options: frontendScenarios,
  secrets: secretScenarios,
  failures: failureScenarios,
  outputs: outputScenarios,
  progress: progressScenarios,
  'ssh agents': sshScenarios,
  registries: registryScenarios,
  'image layouts': layoutScenarios,
  connections: lifecycleScenarios,
  faults: faultScenarios,
};

/** The whole suite for one engine. `kind` is known before the engine runs and says what it lacks. */
export function describeConformance(
  engine: () => EngineUnderTest,
  kind: Pick<EngineUnderTest, 'store' | 'modern'>,
): void {
  for (const [name, scenarios] of Object.entries(groups)) {
    // The classic builder has a fault matrix of its own: its conversation is another one.
    if (kind.store === 'classic' && scenarios === faultScenarios) continue;
    describe(name, () => runScenarios(scenarios, engine, kind));
  }
}
