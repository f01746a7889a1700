import type { Location } from './location.ts';

/** Lines of `text` around a place, the place marked: what an error shows below its sentence. */
export function codeFrame(text: string, location: Location, around = 2): string {
  const lines = text.split('\n');
  const last = Math.min(location.endLine ?? location.line, location.line + 8);
  const first = Math.max(1, location.line - around);
  const end = Math.min(lines.length, last + around);
  const width = String(end).length;
  const rows: string[] = [];
  for (let line = first; line <= end; line += 1) {
    const marked = line >= location.line && line <= last;
    rows.push(`${marked ? '>' : ' '} ${String(line).padStart(width)} │ ${lines[line - 1] ?? ''}`.trimEnd());
    if (line === location.line && location.column > 1) {
      rows.push(`  ${' '.repeat(width)} │ ${' '.repeat(location.column - 1)}^`);
    }
  }
  return rows.join('\n');
}
