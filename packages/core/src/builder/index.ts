export type { DistrolessName, DistrolessOptions } from './distroless.ts';
export { type Inline, type InlineOptions, inline } from './inline.ts';
export type {
  BindMountOptions,
  CacheMountOptions,
  SecretMountOptions,
  SshMountOptions,
  TmpfsMountOptions,
} from './mount.ts';
export { mount } from './mount.ts';
export type {
  AddOptions,
  CopyOptions,
  FromOptions,
  HealthCheckOptions,
  RunOptions,
  TransferOptions,
  TransferSource,
} from './options.ts';
export { raw } from './raw.ts';
export {
  type ContextReference,
  type CopySource,
  context,
  type ImageOptions,
  type ImageReference,
  image,
} from './references.ts';
export type { IfShell, NoShell, ShellCapability, ShellOf } from './shell-capability.ts';
export { type Script, type ShellInterpolation, script, sh } from './shell-text.ts';
export { Stage } from './stage.ts';
export { final, type StageStart, stage } from './start.ts';
export { arg, expand, type Interpolation, variable } from './variables.ts';
