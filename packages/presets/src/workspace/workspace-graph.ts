/** The tool that knows a workspace. */
export type WorkspaceTool =
  | 'npm'
  | 'pnpm'
  | 'yarn'
  | 'bun'
  | 'go'
  | 'cargo'
  | 'maven'
  | 'gradle'
  | 'dotnet'
  | 'uv';

/** One project of a workspace. */
export interface WorkspaceMember {
  /** What other members call it. */
  readonly name: string;
  /** Path below the root; `.` for the root itself. */
  readonly directory: string;
  /** Files that decide about its dependencies. */
  readonly manifests: readonly string[];
  /** Directories of the members it needs. */
  readonly dependencies: readonly string[];
}

/** A workspace as its tool sees it. */
export interface WorkspaceGraph {
  readonly tool: WorkspaceTool;
  readonly members: readonly WorkspaceMember[];
  /** Files and directories at the root that every member needs: lockfile, settings, wrappers. */
  readonly rootFiles: readonly string[];
  /** The tool refuses to resolve when the manifest of any member is missing. */
  readonly needsAllManifests: boolean;
  /** What the tool makes and a build context must not hold, as ignore patterns. */
  readonly outputs: readonly string[];
}
