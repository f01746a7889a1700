export { createBuildkitEngine } from './engine.ts';
export type { BuildkitEngineOptions } from './engine-options.ts';
