import { fail } from './fail.ts';

/** `--chown` as it is applied: names stay, numbers lose leading zeros, an empty part is root. */
export function parseOwner(text: string): string {
  const colon = text.indexOf(':');
  if (colon < 0) return `${parseAccount(text)}:`;
  return `${parseAccount(text.slice(0, colon))}:${parseAccount(text.slice(colon + 1))}`;
}

function parseAccount(text: string): string {
  if (text === '' || text === 'root') return '0';
  return /^[+-]?\d{1,10}$/u.test(text) ? String(Number(text)) : text;
}

/** `--chmod` as octal digits or as symbols. */
export function parseMode(text: string): { readonly mode: string } | { readonly modeStr: string } {
  if (/^[0-7]+$/u.test(text) && Number.parseInt(text, 8) <= 0o7777) {
    return { mode: formatMode(Number.parseInt(text, 8)) };
  }
  const symbols = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/u;
  if (symbols.test(text)) return { modeStr: text };
  return fail(
    `"${text}" is not a file mode.`,
    'Use octal digits up to 07777, or symbols such as "u=rwX,go=rX".',
  );
}

/** Four octal digits, such as `0755`. */
function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
