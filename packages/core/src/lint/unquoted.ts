/** A value as it is written, without the quotes around it. */
export function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/su, '$2');
}
