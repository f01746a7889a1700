/**
 * One call for a whole service, runtime images, mixins and workspaces.
 * @module @stagecraft/presets
 */

export { bun } from './bun/bun.ts';
export type { BunOptions } from './bun/options.ts';
export { cpp } from './cpp/cpp.ts';
export type { CppOptions, CppSanitizer } from './cpp/options.ts';
export { type BaseOptions, defineBase } from './define-base/define-base.ts';
export { type DenoOptions, type DenoPermissions, deno } from './deno/deno.ts';
export { dotnet } from './dotnet/dotnet.ts';
export type { DotnetOptions, DotnetSystem } from './dotnet/options.ts';
export { type ElixirOptions, type ElixirPreset, elixir } from './elixir/elixir.ts';
export { go } from './go/go.ts';
export type { GoOptions } from './go/options.ts';
export { type JavaOptions, java } from './java/java.ts';
export { type CaCertificatesOptions, caCertificates } from './mixins/ca-certificates.ts';
export { debugVariant } from './mixins/debug-variant.ts';
export { type DepsFirstOptions, depsFirst } from './mixins/deps-first.ts';
export { dockerignore, type IgnoreLanguage } from './mixins/dockerignore.ts';
export { locale, timezone } from './mixins/environment.ts';
export { type GitCloneOptions, gitClone } from './mixins/git-clone.ts';
export { harden } from './mixins/harden.ts';
export { healthcheck } from './mixins/healthcheck.ts';
export { type InitOptions, init } from './mixins/init.ts';
export { type InstallRootOptions, installRoot } from './mixins/install-root.ts';
export { type NonRootOptions, nonRoot } from './mixins/non-root.ts';
export { type OciLabels, ociLabels } from './mixins/oci-labels.ts';
export { apk, apt, dnf, type PackageOptions } from './mixins/packages.ts';
export { registryAuth } from './mixins/registry-auth.ts';
export { reproducible } from './mixins/reproducible.ts';
export { type SidecarOptions, sidecar } from './mixins/sidecar.ts';
export { type WritableDirectoriesOptions, writableDirectories } from './mixins/writable-directories.ts';
export { type NextjsOptions, nextjs } from './nextjs/nextjs.ts';
export { type NodePreset, node } from './node/node.ts';
export type { NodeOptions } from './node/options.ts';
export type { PackageManagerName } from './node/package-manager.ts';
export type { CommonOptions } from './options/common.ts';
export type { PhpOptions } from './php/options.ts';
export { type PhpPreset, php } from './php/php.ts';
export { memoryFiles } from './project/memory-files.ts';
export { nodeFiles } from './project/node-files.ts';
export type { ProjectFiles } from './project/project-files.ts';
export type { PythonOptions } from './python/options.ts';
export { python } from './python/python.ts';
export { type RubyOptions, type RubyPreset, ruby } from './ruby/ruby.ts';
export { alpine, type DistributionOptions, slim, ubuntu } from './runtime/distributions.ts';
export { distroless } from './runtime/distroless.ts';
export { runtime } from './runtime/families.ts';
export { chainguard, chiseled, type HardenedOptions, hardened } from './runtime/hardened.ts';
export { type Launch, launch, type Program } from './runtime/launch.ts';
export type { Language, Runtime, RuntimeFamily } from './runtime/runtime.ts';
export { scratch } from './runtime/scratch.ts';
export { startFrom } from './runtime/start-from.ts';
export type { RustOptions } from './rust/options.ts';
export { rust } from './rust/rust.ts';
export type { HealthProbe, HealthTiming } from './service/health-probe.ts';
export type { ToolCache } from './service/project-steps.ts';
export type { ServiceSecret } from './service/secrets.ts';
export type { ServiceOptions } from './service/service-options.ts';
export type { ServicePreset } from './service/service-targets.ts';
export {
  type StageFiles,
  type StaticSiteOptions,
  type StaticSitePreset,
  staticSite,
} from './static-site/static-site.ts';
export { type Workspace, type WorkspaceOptions, workspace } from './workspace/workspace.ts';
export type { WorkspaceTool } from './workspace/workspace-graph.ts';
