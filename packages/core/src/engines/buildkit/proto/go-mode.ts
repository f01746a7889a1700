const posixTypeMask = 0o170000;

// POSIX type bits to those of Go's os.FileMode, which is what travels.
const goTypes: ReadonlyMap<number, number> = new Map([
  [0o100000, 0],
  [0o040000, 0x8000_0000],
  [0o120000, 0x0800_0000],
  [0o060000, 0x0400_0000],
  [0o020000, 0x0420_0000],
  [0o010000, 0x0200_0000],
]);

const goSetUserId = 0x0080_0000;
const goSetGroupId = 0x0040_0000;
const goSticky = 0x0010_0000;

/** Every type bit of a Go file mode; zero under this mask is a regular file. */
const goTypeMask = 0x8f28_0000;

const goDirectory = 0x8000_0000;
const goSymlink = 0x0800_0000;

/** Turns a POSIX mode, type bits included, into Go's. A mode without type bits is a regular file's. */
export function toGoMode(mode: number): number {
  const type = goTypes.get(mode & posixTypeMask) ?? 0;
  const setUserId = mode & 0o4000 ? goSetUserId : 0;
  const setGroupId = mode & 0o2000 ? goSetGroupId : 0;
  const sticky = mode & 0o1000 ? goSticky : 0;
  return ((mode & 0o777) | type | setUserId | setGroupId | sticky) >>> 0;
}

/** Permission bits of a Go mode as `chmod` takes them. */
export function toPosixPermissions(goMode: number): number {
  const setUserId = goMode & goSetUserId ? 0o4000 : 0;
  const setGroupId = goMode & goSetGroupId ? 0o2000 : 0;
  const sticky = goMode & goSticky ? 0o1000 : 0;
  return (goMode & 0o777) | setUserId | setGroupId | sticky;
}

/** What a Go mode says a file is; undefined for devices, pipes and sockets. */
export function goFileType(goMode: number): 'file' | 'directory' | 'symlink' | undefined {
  const type = (goMode & goTypeMask) >>> 0;
  if (type === 0) return 'file';
  if (type === goDirectory) return 'directory';
  if (type === goSymlink) return 'symlink';
  return undefined;
}
