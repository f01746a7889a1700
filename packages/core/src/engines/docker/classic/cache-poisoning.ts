/**
 * Whether the classic builder of this engine can take a foreign image for a cached step (CVE-2024-24557).
 *
 * Fixed in 23.0.10, 24.0.9 and 25.0.2. A version that can't be read counts as fixed: other engines number differently.
 */
export function hasCachePoisoning(version: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)/u.exec(version);
  if (match === null) return false;
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number);
  const fixedPatch = { 23: 10, 24: 9, 25: 2 }[major];
  if (fixedPatch === undefined) return major < 23 && major >= 17;
  return minor === 0 && patch < fixedPatch;
}
