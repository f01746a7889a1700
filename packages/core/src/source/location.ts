/** A place in a file: the user's TypeScript or a Dockerfile. Lines and columns are 1-based. */
export interface Location {
  /** Path or URL of the file; absent for text that came without a name. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Last line of the range, inclusive; the same as `line` when absent. */
  readonly endLine?: number;
  /** Column after the last character of the range. */
  readonly endColumn?: number;
}
