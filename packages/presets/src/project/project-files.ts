/** How presets look at a project: injectable, so that they run on memory, on disk, or on a remote tree. */
export interface ProjectFiles {
  /** The text of a file, or undefined when there is none. Paths are relative to the project, with `/`. */
  read(path: string): string | undefined;
  /** Whether a file or directory is there. */
  exists(path: string): boolean;
  /** Names of the entries of a directory, sorted, directories with a trailing `/`; empty when there is none. */
  list(directory: string): readonly string[];
}
