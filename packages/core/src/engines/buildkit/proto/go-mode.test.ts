import { expect, test } from 'vitest';
import { goFileType, toGoMode, toPosixPermissions } from './go-mode.ts';

test.each([
  [0o100644, 0o644, 'file'],
  [0o644, 0o644, 'file'],
  [0o040755, 0x8000_01ed, 'directory'],
  [0o120777, 0x0800_01ff, 'symlink'],
  [0o104755, 0x0080_01ed, 'file'],
  [0o102755, 0x0040_01ed, 'file'],
  [0o041777, 0x8010_01ff, 'directory'],
  [0o060660, 0x0400_01b0, undefined],
  [0o020666, 0x0420_01b6, undefined],
  [0o010600, 0x0200_0180, undefined],
])('mode %o becomes Go mode %i', (posix, go, type) => {
  expect(toGoMode(posix)).toBe(go);
  expect(goFileType(go)).toBe(type);
  expect(toPosixPermissions(go)).toBe(posix & 0o7777);
});
