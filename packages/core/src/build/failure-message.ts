/** The exit code an engine's sentence ends with; what comes before may be the text of the command itself. */
export function exitCodeIn(message: string): number | undefined {
  return numberIn(/.*(?:non-zero code:|running runtime: exit status|exit code:?) (\d+)/su, message);
}

/** The line of the Dockerfile that an engine couldn't read. */
export function dockerfileLineIn(message: string): number | undefined {
  return numberIn(/parse error(?: on)? line (\d+)/iu, message);
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
