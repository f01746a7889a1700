import type { ContextRead } from '../build/context-read.ts';
import { toByteString } from './bytes.ts';
import { cleanPath } from './ignore/clean-path.ts';
import { type CompiledLine, type LineSet, malformedLine } from './ignore/ignore-rules.ts';
import { compilePathPattern } from './ignore/pattern.ts';

/** The `--exclude` patterns of a read; undefined when it has none. */
export function compileExcludes(read: ContextRead): LineSet | undefined {
  const patterns = read.exclude ?? [];
  if (patterns.length === 0) return undefined;
  const file = read.instruction ?? '--exclude';
  const lines = patterns.map((text): CompiledLine => {
    const cleaned = cleanPath(toByteString(text.trim()));
    const negated = cleaned.startsWith('!');
    const line = { text, line: read.line ?? 1, negated };
    const pattern = compilePathPattern(negated ? cleaned.slice(1) : cleaned);
    if (pattern === undefined) throw malformedLine(file, line);
    return { ...line, pattern };
  });
  return { file, lines, negates: lines.some((line) => line.negated) };
}
