/** Whether a COPY pattern (Go's `filepath.Match`: `*`, `?`, `[a-z]`, a backslash) matches a whole path. */
export function matchesPath(pattern: string, path: string): boolean {
  const source = pattern.replace(/\\(.)|(\*+)|(\?)|(\[\^?[^\]]+\])|([^\\*?[]+|\[)/gsu, toExpression);
  try {
    return new RegExp(`^${source}$`, 'u').test(path);
  } catch {
    // A pattern that is malformed is an error of the build, which says so.
    return true;
  }
}

function toExpression(
  _whole: string,
  escaped?: string,
  stars?: string,
  question?: string,
  set?: string,
  text = '',
): string {
  if (stars !== undefined) return '[^/]*';
  if (question !== undefined) return '[^/]';
  return set ?? escapeText(escaped ?? text);
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&').replaceAll('\\-', '-');
}
