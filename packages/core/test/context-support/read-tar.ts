/** One entry of a tar archive, every name as raw bytes (one character a byte). */
export interface TarEntry {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly linkName: string;
  readonly device: string;
  readonly content: Buffer;
  /** Keys of PAX records, apart from those folded into the fields above. */
  readonly pax: readonly string[];
}

const folded = new Set(['path', 'linkpath', 'size', 'mtime']);

/** Reads a whole archive strictly: checksums must be right and it must end with two empty blocks and nothing else. */
export function readTar(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  let pax = new Map<string, string>();
  for (let offset = 0; ; ) {
    const block = archive.subarray(offset, offset + 512);
    if (block.length < 512) throw new Error(`The archive is cut off at ${offset}.`);
    offset += 512;
    if (block.every((byte) => byte === 0)) {
      if (!archive.subarray(offset).every((byte) => byte === 0) || archive.length < offset + 512) {
        throw new Error(`The archive does not end at ${offset}.`);
      }
      return entries;
    }
    verifyChecksum(block, offset);
    const size = Number(pax.get('size') ?? octal(block, 124, 12));
    const content = archive.subarray(offset, offset + size);
    if (content.length < size) throw new Error(`An entry is cut off at ${offset}.`);
    offset += Math.ceil(size / 512) * 512;
    if (text(block, 156, 1) === 'x') {
      pax = readPax(content);
      continue;
    }
    entries.push(toEntry(block, pax, size, content));
    pax = new Map();
  }
}

function toEntry(block: Buffer, pax: Map<string, string>, size: number, content: Buffer): TarEntry {
  const prefix = text(block, 345, 155);
  const name = text(block, 0, 100);
  return {
    name: pax.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`),
    type: text(block, 156, 1) || '0',
    mode: octal(block, 100, 8),
    uid: octal(block, 108, 8),
    gid: octal(block, 116, 8),
    sizeBytes: size,
    mtimeSeconds: Number(pax.get('mtime') ?? octal(block, 136, 12)),
    linkName: pax.get('linkpath') ?? text(block, 157, 100),
    device: `${octal(block, 329, 8)}:${octal(block, 337, 8)}`,
    content,
    pax: [...pax.keys()].filter((key) => !folded.has(key)).sort(),
  };
}

function text(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? length : end);
}

function octal(block: Buffer, offset: number, length: number): number {
  const digits = text(block, offset, length).trim();
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function verifyChecksum(block: Buffer, offset: number): void {
  let sum = 8 * 32;
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte;
  if (sum !== octal(block, 148, 8)) throw new Error(`The header before ${offset} is damaged.`);
}

function readPax(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let offset = 0; offset < content.length; ) {
    const space = content.indexOf(0x20, offset);
    const length = Number(content.toString('latin1', offset, space));
    const record = content.toString('latin1', space + 1, offset + length - 1);
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    offset += length;
  }
  return records;
}
