/**
 * The language: build stages, print, parse, evaluate, lint and import Dockerfiles. Runs in browsers too.
 * @module @stagecraft/core
 */

export type { Command, ShellText } from './ast/command.ts';
export type { Directive, DockerfileNode } from './ast/dockerfile.ts';
export type { InstructionKind, InstructionMap, InstructionNode } from './ast/index.ts';
export type { Mount, MountType, RawMount } from './ast/mount.ts';
export type { InstructionSource } from './ast/node-base.ts';
export type { Origin } from './ast/origin.ts';
export type { Profile } from './ast/profile.ts';
export type { Device } from './ast/run.ts';
export type { StageNode } from './ast/stage.ts';
export type {
  ArgDeclaration,
  EscapeToken,
  Expansion,
  RawWord,
  VariableOperator,
  VariableReference,
  Word,
} from './ast/word.ts';
export * from './builder/index.ts';
export type { ErrorCode } from './errors/error-code.ts';
export {
  isStagecraftError,
  StagecraftError,
  type StagecraftErrorOptions,
} from './errors/stagecraft-error.ts';
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
export { fixDockerfile } from './fix-dockerfile.ts';
export { contextReads } from './graph/context-reads.ts';
export type { StageSource } from './graph/stage-source.ts';
export { toGraph } from './graph/to-graph.ts';
export { fromDockerfile, type ImportedDockerfile } from './import/from-dockerfile.ts';
export { toTypeScript } from './import/to-typescript.ts';
export { fromJSON } from './json/from-json.ts';
export { type GraphDocument, type StageDocument, schema } from './json/schema.ts';
export { toJSON } from './json/to-json.ts';
export type { Finding, LintedNode, NodeEdit, Severity } from './lint/finding.ts';
export { formatFindings } from './lint/format/format-findings.ts';
export type { FormatOptions, LintFormat } from './lint/format/format-options.ts';
export type { LintIgnore, LintOptions } from './lint/lint-options.ts';
export { checkSize, definePolicy, type LintPolicy } from './lint/policy.ts';
export type { LintResult } from './lint/run-rules.ts';
export { lint } from './lint-dockerfile.ts';
export { mapImages } from './map-images.ts';
export { type ParseOptions, parseDockerfile } from './parse/parse-dockerfile.ts';
export { placeOfError } from './source/call-site.ts';
export { codeFrame } from './source/code-frame.ts';
export type { Location } from './source/location.ts';
export { type DockerfileOptions, toDockerfile } from './to-dockerfile.ts';
