export { collectStages } from './collect-stages.ts';
export type { ContextRead } from './context-read.ts';
export { contextReads } from './context-reads.ts';
export { predefinedArgs } from './predefined-args.ts';
export type { StageSource } from './stage-source.ts';
export { toGraph } from './to-graph.ts';
