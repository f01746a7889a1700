/** How two texts differ, line by line: `-` is only in `before`, `+` only in `after`, with two lines around. */
export function lineDiff(before: string, after: string): string {
  const left = before.split('\n');
  const right = after.split('\n');
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end))
    end += 1;
  const context = 2;
  const rows = [
    `@@ line ${start + 1} @@`,
    ...left.slice(Math.max(0, start - context), start).map((line) => `  ${line}`),
    ...left.slice(start, left.length - end).map((line) => `- ${line}`),
    ...right.slice(start, right.length - end).map((line) => `+ ${line}`),
    ...left.slice(left.length - end, left.length - end + context).map((line) => `  ${line}`),
  ];
  return rows.map((row) => row.trimEnd()).join('\n');
}
