export * from './builder/index.ts';
export type { ErrorCode } from './errors/error-code.ts';
export { isStagecraftError, StagecraftError } from './errors/stagecraft-error.ts';
export type { StageSource } from './graph/stage-source.ts';
export { toGraph } from './graph/to-graph.ts';
export { fromJSON } from './json/from-json.ts';
export { type GraphDocument, type StageDocument, schema } from './json/schema.ts';
export { toJSON } from './json/to-json.ts';
export { type DockerfileOptions, toDockerfile } from './to-dockerfile.ts';
