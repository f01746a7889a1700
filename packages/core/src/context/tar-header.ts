import type { ChunkBuffer } from './tar-output.ts';

/** What a tar archive says about one entry. Names are byte strings: one character for each byte. */
export interface TarHeader {
  /** Directories end in a slash. */
  readonly name: string;
  readonly type: 'file' | 'link' | 'symlink' | 'character-device' | 'block-device' | 'directory' | 'fifo';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly linkName?: string | undefined;
  readonly device?: { readonly deviceMajor: number; readonly deviceMinor: number } | undefined;
}

const blockBytes = 512;
const largestOctal11 = 0o77777777777;
const largestOctal7 = 0o7777777;
const typeFlags: Readonly<Record<TarHeader['type'], string>> = {
  file: '0',
  link: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6',
};

/**
 * Writes the header blocks of an entry: a ustar block, with a PAX block before it where ustar cannot say it all.
 * Owner and group are always 0, and no user names are given.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export function writeTarHeader(output: ChunkBuffer, header: TarHeader): void {
  const name = splitName(header.name);
  const records = paxRecords(header, name === undefined);
  if (records !== '') {
    const body = Buffer.from(records, 'latin1');
    const base = header.name.replace(/^.*\/(?=.)/su, '');
    const pax: TarHeader = { name: '', type: 'file', mode: 0, sizeBytes: body.length, mtimeSeconds: 0 };
    fillBlock(output.reserve(blockBytes), pax, { prefix: '', name: asciiName(`PaxHeaders.0/${base}`) }, 'x');
    output.append(body);
    output.appendZeros(paddingOf(body.length));
  }
  const shown = name ?? { prefix: '', name: asciiName(header.name) };
  fillBlock(output.reserve(blockBytes), header, shown, typeFlags[header.type]);
}

/** Zero bytes that fill the last block of a body. */
export function paddingOf(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
}

/** The two empty blocks that end an archive. */
export function endOfArchive(): Buffer {
  return Buffer.alloc(2 * blockBytes);
}

interface SplitName {
  readonly prefix: string;
  readonly name: string;
}

/** Puts a name into the two fields of ustar; undefined when it does not fit or is not ASCII. */
function splitName(name: string): SplitName | undefined {
  if (/[\u0080-\u00ff]/u.test(name)) return undefined;
  if (name.length <= 100) return { prefix: '', name };
  const slash = name.slice(0, name.endsWith('/') ? -1 : undefined).lastIndexOf('/', 155);
  const rest = name.slice(slash + 1);
  return slash <= 0 || rest.length > 100 ? undefined : { prefix: name.slice(0, slash), name: rest };
}

/** A name for readers that do not know PAX. */
function asciiName(name: string): string {
  return name.replace(/[\u0080-\u00ff]/gu, '').slice(0, 100);
}

function paxRecords(header: TarHeader, longName: boolean): string {
  const { linkName, mtimeSeconds, sizeBytes } = header;
  const linkFits = linkName === undefined || (linkName.length <= 100 && !/[\u0080-\u00ff]/u.test(linkName));
  let records = linkFits ? '' : paxRecord('linkpath', linkName);
  if (mtimeSeconds < 0 || mtimeSeconds > largestOctal11) records += paxRecord('mtime', String(mtimeSeconds));
  if (longName) records += paxRecord('path', header.name);
  if (sizeBytes > largestOctal11) records += paxRecord('size', String(sizeBytes));
  return records;
}

/** `30 mtime=1350244992.023960108`: the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + String(rest.length).length;
  if (String(length).length > String(rest.length).length) length = rest.length + String(length).length;
  return `${length}${rest}`;
}

function fillBlock(block: Buffer, header: TarHeader, split: SplitName, typeFlag: string): void {
  block.fill(0);
  block.write(split.name, 0, 100, 'latin1');
  writeOctal(block, header.mode & 0o7777, 100, 7);
  writeOctal(block, 0, 108, 7);
  writeOctal(block, 0, 116, 7);
  writeOctal(block, header.sizeBytes <= largestOctal11 ? header.sizeBytes : 0, 124, 11);
  writeOctal(block, inRange(header.mtimeSeconds, largestOctal11), 136, 11);
  block.write('        ', 148, 8, 'latin1');
  block.write(typeFlag, 156, 1, 'latin1');
  block.write(asciiName(header.linkName ?? ''), 157, 100, 'latin1');
  block.write('ustar\u000000', 257, 8, 'latin1');
  writeOctal(block, inRange(header.device?.deviceMajor ?? 0, largestOctal7), 329, 7);
  writeOctal(block, inRange(header.device?.deviceMinor ?? 0, largestOctal7), 337, 7);
  block.write(split.prefix, 345, 155, 'latin1');
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 8, 'latin1');
}

function inRange(value: number, largest: number): number {
  return value >= 0 && value <= largest ? value : 0;
}

function writeOctal(block: Buffer, value: number, offset: number, digits: number): void {
  block.write(value.toString(8).padStart(digits, '0'), offset, digits, 'latin1');
}
