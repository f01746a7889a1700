/** What a successful build made. Every field was verified with the engine, not only announced by it. */
export interface BuildResult {
  /** `sha256:…` of the image in the engine's store; absent when nothing was loaded there. */
  readonly imageId?: string;
  /** `sha256:…` of the manifest or index, where the engine made one. */
  readonly digest?: string;
  readonly tags: readonly string[];
  /** The engine that built: `docker`, `buildkit` or `classic`. */
  readonly engine: string;
  /** What the exporters answered, as buildx writes it into a metadata file. */
  readonly metadata: Readonly<Record<string, unknown>>;
}
