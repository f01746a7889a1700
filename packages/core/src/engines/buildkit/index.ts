export { type BuildkitOptions, type BuildkitTls, buildkit } from './buildkit.ts';
export { createBuildkitEngine } from './engine.ts';
export type { BuildkitEngineOptions } from './engine-options.ts';
