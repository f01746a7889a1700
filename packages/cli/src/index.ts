/**
 * What a `stagecraft.config.ts` imports.
 * @module stagecraft
 */

export { type BuildConfig, defineConfig, type LintConfig, type StagecraftConfig } from './config.ts';
export type { ProgressKind } from './progress/progress.ts';
