import data from './runtimes.json' with { type: 'json' };

/** One image of the table, as measured; fields that an image has nothing to say about are absent or null. */
export interface RuntimeRecord {
  readonly family: string;
  readonly ref: string;
  readonly tags?: readonly string[];
  readonly arch?: readonly string[];
  readonly libc?: string | null;
  readonly entrypoint?: readonly string[] | null;
  readonly interpreter?: string | null;
  readonly debugShell?: string | null;
  readonly uid?: number;
  readonly eol?: string | null;
  readonly deprecated?: boolean;
  readonly variant?: string;
}

const records: readonly RuntimeRecord[] = data.images;

/** The record of an image without its tag, such as `gcr.io/distroless/static-debian13`. */
export function findRuntimeRecord(reference: string, variant?: string): RuntimeRecord | undefined {
  return records.find(
    (record) => record.ref === reference && (variant === undefined || record.variant === variant),
  );
}

/** Every image of a family. */
export function runtimeRecords(family: string): readonly RuntimeRecord[] {
  return records.filter((record) => record.family === family);
}
