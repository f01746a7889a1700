import type { ArgNode } from '../ast/arg.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { setVariable } from './stage-state.ts';

/** Read by the builder, never seen by a process. */
const builderOnly: ReadonlySet<string> = new Set(['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE']);

/** A build argument wins over the default, the default over the global ARG of that name; each ARG sees those before it. */
export function evaluateArg(node: ArgNode, { evaluation, state, expand }: InstructionContext): void {
  const { buildArgs = {} } = evaluation.options;
  for (const { name, default: word } of node.args) {
    const given = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
    const value = given ?? (word === undefined ? evaluation.globalArgs.get(name) : expand(word));
    state.declaredArgs.add(name);
    if (value !== undefined && !builderOnly.has(name)) setVariable(state, name, value);
  }
}
