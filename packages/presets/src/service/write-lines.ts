/** A shell command that writes a text file, line by line: every builder can run it, whatever heredocs it knows. */
export function writeLines(path: string, lines: readonly string[]): string {
  return `printf '%s\\n' ${lines.map(quote).join(' ')} > ${path}`;
}

function quote(line: string): string {
  return `'${line.replaceAll("'", `'\\''`)}'`;
}
