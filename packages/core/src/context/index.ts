/**
 * Which files travel to an engine, and why.
 * @module @stagecraft/core/context
 */

export type { ContextRead } from '../build/context-read.ts';
export type { ContextEntry, ContextSource, VirtualFile } from '../build/context-source.ts';
export {
  type ContextExplanation,
  type DirectoryTotal,
  type ExplainedFile,
  explainContext,
} from './explain.ts';
export type { IgnoreLine, Reinclude } from './ignore/ignore-rules.ts';
export {
  type IgnoreLocation,
  type IgnoreRules,
  type ReadIgnoreOptions,
  readIgnore,
} from './ignore/read-ignore.ts';
export { type PackContextOptions, packContext } from './pack-context.ts';
export { type ContextPlan, type PlanContextOptions, planContext } from './plan.ts';
export type { VirtualFiles } from './virtual-files.ts';
export type { ContextWarning } from './warnings.ts';
