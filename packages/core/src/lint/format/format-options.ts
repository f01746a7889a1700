import type { Finding } from '../finding.ts';
import type { LintResult } from '../run-rules.ts';

export type LintFormat = 'pretty' | 'json' | 'sarif' | 'github';

export interface FormatOptions {
  /** Texts by file name, for code frames. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Name for findings of a text that came without one. Default: `Dockerfile`. */
  readonly file?: string;
  /** Version of the tool that reports, for SARIF. */
  readonly toolVersion?: string;
}

/** Writes a result in one format. */
export type Formatter = (result: LintResult, options: FormatOptions) => string;

/** The file a finding points into. */
export function fileOf({ where }: Finding, { file = 'Dockerfile' }: FormatOptions): string {
  return where?.file ?? file;
}
