import { definePolicy, type LintPolicy, StagecraftError } from '@stagecraft/core';
import { importModule } from './load-module.ts';

/**
 * The policy that a file or an installed package exports as its default.
 *
 * Throws `config-rejected` for a module that is not there or exports none, and `invalid-options` for a key that no policy has.
 */
export async function loadPolicy(name: string): Promise<LintPolicy> {
  const { default: policy } = await importModule(name);
  if (typeof policy === 'object' && policy !== null) return definePolicy(policy);
  throw new StagecraftError('config-rejected', `"${name}" exports no policy.`, {
    hint: 'Write "export default definePolicy({ … })".',
  });
}
