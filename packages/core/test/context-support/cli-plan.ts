import { type ContextPlan, planContext, readIgnore } from '../../src/context/index.ts';

/**
 * The whole context as the docker CLI sends it: it brings the Dockerfile and the ignore file back, because the
 * classic builder needs them.
 */
export async function planLikeCli(directory: string): Promise<ContextPlan> {
  const rules = readIgnore({ directory });
  const kept = ['.dockerignore', 'Dockerfile'].filter((name) => rules.ignores(name));
  if (kept.length === 0) return planContext({ directory });
  const lines = [...rules.lines.map((line) => line.text), ...kept.map((name) => `!${name}`)];
  // The first line must not become a comment or lose a byte order mark it did not have.
  return planContext({ directory, ignore: readIgnore(`\n${lines.join('\n')}`) });
}
