/** Which modification times travel: the files' own, or none later than a moment. */
export interface MtimePolicy {
  /** `SOURCE_DATE_EPOCH`: later times become this one. In seconds since the epoch. */
  readonly sourceDateEpoch?: number;
}

const nanoseconds = 1_000_000_000n;

export function applyMtime(mtimeNs: bigint, policy: MtimePolicy): bigint {
  if (policy.sourceDateEpoch === undefined) return mtimeNs;
  const latest = BigInt(policy.sourceDateEpoch) * nanoseconds;
  return mtimeNs > latest ? latest : mtimeNs;
}

/** Whole seconds, rounded down as Go does: also before 1970. */
export function toSeconds(mtimeNs: bigint): number {
  const seconds = mtimeNs / nanoseconds;
  return Number(mtimeNs < 0n && seconds * nanoseconds !== mtimeNs ? seconds - 1n : seconds);
}
