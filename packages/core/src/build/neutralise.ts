// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are the subject of this file.

/** CSI sequences (colours, cursor moves) and the string sequences OSC, DCS, SOS, PM and APC with what they carry. */
const escapeSequences = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)/gu;
/** C0 except newline and tab, DEL, C1. */
const controls = /[\0-\u0008\u000b-\u001f\u007f-\u009f]/gu;
/** Marks that let text pretend to be other text by changing its direction. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/gu;
const loneCarriageReturns = /\r+(?!\n)/gu;

/**
 * Text that is safe to write to a terminal: escape sequences and control characters are gone, newlines and tabs stay.
 *
 * Progress bars that overwrite themselves with carriage returns come out side by side, so nothing a process wrote can
 * hide. Linear in the length of `text`.
 */
export function neutralise(text: string): string {
  if (!needsWork(text)) return text;
  return text
    .replace(loneCarriageReturns, ' ')
    .replace(escapeSequences, '')
    .replace(controls, '')
    .replace(directionMarks, '');
}

function needsWork(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 ? code !== 0x0a && code !== 0x09 : (code >= 0x7f && code <= 0x9f) || code >= 0x202a) {
      return true;
    }
  }
  return false;
}
