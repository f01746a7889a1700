/** What a successful build made. Every field was verified with the engine, not only announced by it. */
export interface BuildResult {
  /** `sha256:…` of the image in the engine's store; absent when nothing was loaded there. */
  readonly imageId?: string;
  /** `sha256:…` of the manifest or index, where the engine made one. */
  readonly digest?: string;
  readonly tags: readonly string[];
  /** The engine that built: `docker`, `buildkit` or `classic`. */
  readonly engine: string;
  /** The engine's name for the build, for its history; absent for the classic builder. */
  readonly ref?: string;
  /**
   * What `docker buildx build --metadata-file` writes: `containerimage.digest`, `containerimage.config.digest` and
   * `containerimage.descriptor` where the engine made them, `image.name`, `buildx.build.ref`.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
}
