export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Reads `v0.13.2` and the like; undefined for builds without a version, which say 0.0.0. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)/u.exec(text);
  if (match === null) return undefined;
  const version = { major: Number(match[1]), minor: Number(match[2]) };
  return version.major === 0 && version.minor === 0 ? undefined : version;
}

export function isAtLeast(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

// Docker releases to the minor version of the BuildKit 0.x inside.
const buildkitMinors: ReadonlyMap<number, number> = new Map([
  [18, 3],
  [19, 4],
  [20, 8],
  [23, 10],
  [24, 11],
  [25, 12],
  [26, 13],
  [27, 18],
  [28, 25],
  [29, 25],
]);

/** The BuildKit inside a Docker release; undefined when `text` is no version. A release that isn't known counts as the newest known. */
export function buildkitOfDocker(text: string): Version | undefined {
  const major = parseVersion(text)?.major;
  if (major === undefined) return undefined;
  const known = [...buildkitMinors.keys()].filter((release) => release <= major);
  const minor = buildkitMinors.get(Math.max(...known));
  return minor === undefined ? undefined : { major: 0, minor };
}

/** The Dockerfile frontend built into a BuildKit: 1.4 in 0.10, then one minor version each. */
export function builtInFrontend(version: Version): Version {
  if (version.major > 0) return { major: 1, minor: 20 };
  return { major: 1, minor: version.minor >= 10 ? version.minor - 6 : 2 };
}
