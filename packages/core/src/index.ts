export * from './builder/index.ts';
export type { ErrorCode } from './errors/error-code.ts';
export { isStagecraftError, StagecraftError } from './errors/stagecraft-error.ts';
export type { Environment } from './evaluate/environment.ts';
export type {
  BaseImage,
  EvaluatedFile,
  EvaluatedImage,
  EvaluatedMount,
  EvaluatedRun,
  EvaluateOptions,
  Evaluation,
  Healthcheck,
} from './evaluate/evaluation.ts';
export {
  type ExpandedWord,
  type ExpandWordOptions,
  expandWord,
  type VariableUse,
} from './evaluate/expand-word.ts';
export { evaluate } from './evaluate-dockerfile.ts';
export type { StageSource } from './graph/stage-source.ts';
export { toGraph } from './graph/to-graph.ts';
export { fromJSON } from './json/from-json.ts';
export { type GraphDocument, type StageDocument, schema } from './json/schema.ts';
export { toJSON } from './json/to-json.ts';
export { type DockerfileOptions, toDockerfile } from './to-dockerfile.ts';
