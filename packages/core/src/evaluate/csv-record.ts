import { fail } from './fail.ts';

/**
 * The fields of one line of comma-separated values, quoted as RFC 4180 says.
 * @see https://pkg.go.dev/encoding/csv
 */
export function parseCsvRecord(text: string): readonly string[] {
  const fields: string[] = [];
  if (text === '') fail('A --mount is empty.', 'Write it as "type=cache,target=/path".');
  for (let position = 0; position <= text.length; ) {
    const field = text[position] === '"' ? readQuoted(text, position) : readPlain(text, position);
    fields.push(field.value);
    position = field.end + 1;
  }
  return fields;
}

interface Field {
  readonly value: string;
  /** Where the comma stands, or the end of the text. */
  readonly end: number;
}

function readPlain(text: string, start: number): Field {
  const comma = text.indexOf(',', start);
  const end = comma < 0 ? text.length : comma;
  const value = text.slice(start, end);
  if (value.includes('"'))
    fail(`The --mount "${text}" has a quote inside a field.`, 'Quote the whole field, or none of it.');
  return { value, end };
}

function readQuoted(text: string, start: number): Field {
  const [quoted = '', inner = ''] = /^"((?:[^"]|"")*)"/su.exec(text.slice(start)) ?? [];
  const end = start + quoted.length;
  if (quoted === '' || (end < text.length && text[end] !== ',')) {
    fail(`The --mount "${text}" has a quote that is not closed.`, 'Close it before the next comma.');
  }
  return { value: inner.replaceAll('""', '"'), end };
}
