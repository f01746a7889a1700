/** Names to every value that was sent, in order; values with commas stay whole. */
export type Metadata = ReadonlyMap<string, readonly string[]>;

/** Reads Node's flat `rawHeaders` list: the object form joins repeated headers and can't be taken apart again. */
export function readMetadata(rawHeaders: readonly string[]): Metadata {
  const metadata = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase();
    const value = decodeHeader(rawHeaders[index + 1] as string);
    const values = metadata.get(name);
    if (values === undefined) metadata.set(name, [value]);
    else values.push(value);
  }
  return metadata;
}

/** All values of a key. BuildKit 0.12 and later query-escapes them when one isn't ASCII, and says so in `<key>-encoded`. */
export function metadataValues(metadata: Metadata, name: string): readonly string[] {
  const values = metadata.get(name) ?? [];
  if (metadata.get(`${name}-encoded`)?.[0] !== '1') return values;
  return values.map((value) => decodeURIComponent(value.replaceAll('+', ' ')));
}

// HTTP/2 header values are bytes that Node hands over as latin1; engines send UTF-8 in them.
function decodeHeader(value: string): string {
  for (let index = 0; index < value.length; index += 1) {
    if (value.charCodeAt(index) > 0x7f) return Buffer.from(value, 'latin1').toString('utf8');
  }
  return value;
}
