import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract as createExtractor, type Headers } from 'tar-fs';
import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';

export interface ExtractTarOptions {
  /** Leading path components to drop from every name. Default: 0. */
  readonly strip?: number;
  /** Largest number of entries. Default: 1,000,000. */
  readonly entryLimit?: number;
  /** Largest sum of file sizes. Default: 64 GiB. */
  readonly bytesLimit?: number;
  /**
   * Symbolic links that lead out of the directory: refused (default), left out, or made as they are, which a root
   * file system needs. Nothing is ever written through a link.
   */
  readonly escapingLinks?: 'refuse' | 'skip' | 'keep';
  /** Called for each entry that was left out: devices, pipes, and links with `escapingLinks: 'skip'`. */
  readonly onSkipped?: (path: string) => void;
  readonly signal?: AbortSignal;
}

const defaultEntryLimit = 1_000_000;
const defaultBytesLimit = 64 * 1024 ** 3;
const extractedTypes = new Set(['file', 'contiguous-file', 'directory', 'symlink', 'link']);

/**
 * Unpacks a tar archive of unknown origin below a directory, which is created when it is missing.
 *
 * Nothing is written outside: names with `..`, absolute names, and links that lead out are refused. Owners are not
 * taken over, setuid, setgid and sticky bits are dropped, devices and pipes are left out. Throws `output-failed`.
 */
export async function extractTar(
  archive: AsyncIterable<Uint8Array>,
  directory: string,
  options: ExtractTarOptions = {},
): Promise<void> {
  const root = prepareDirectory(directory);
  const judge = createGuard(root, options);
  const extractor = createExtractor(root, {
    strip: options.strip ?? 0,
    // Called for every entry before the disk is touched for it.
    ignore: (_path: string, header?: EntryHeader) => {
      const verdict = header === undefined ? 'skip' : judge(header);
      if (typeof verdict !== 'string') extractor.destroy(verdict);
      return verdict !== 'take';
    },
    chown: false,
    strict: true,
    validateSymlinks: options.escapingLinks !== 'keep',
    umask: 0,
  } as Parameters<typeof createExtractor>[1]);
  // The pipeline rejects with the error; entries that nobody reads would throw it a second time.
  extractor.on('error', () => {});
  extractor.on('entry', (_header: unknown, entry: Readable) => void entry.on('error', () => {}));
  try {
    await pipeline(
      Readable.from(archive),
      extractor,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  } catch (cause) {
    if (isStagecraftError(cause)) throw cause;
    if (options.signal?.aborted === true) {
      throw new StagecraftError('aborted', `Unpacking into "${directory}" was aborted.`, { cause });
    }
    throw new StagecraftError('output-failed', `The archive cannot be unpacked into "${directory}".`, {
      hint: cause instanceof Error ? `${cause.message}.` : undefined,
      cause,
    });
  }
}

function prepareDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true });
    const root = realpathSync(directory);
    if (lstatSync(root).isDirectory()) return root;
  } catch (cause) {
    throw new StagecraftError('output-failed', `The output directory "${directory}" cannot be made.`, {
      cause,
    });
  }
  throw new StagecraftError('output-failed', `"${directory}" is not a directory.`, {
    hint: 'Give the path of a directory for the output.',
  });
}

interface EntryHeader extends Headers {
  readonly linkname?: string | null;
}

type Verdict = 'take' | 'skip' | StagecraftError;

/** Looks at every header before anything is written for it; an error ends the extraction. */
function createGuard(root: string, options: ExtractTarOptions): (header: EntryHeader) => Verdict {
  const {
    entryLimit = defaultEntryLimit,
    bytesLimit = defaultBytesLimit,
    escapingLinks = 'refuse',
  } = options;
  let entries = 0;
  let bytes = 0;
  const skip = (header: EntryHeader): Verdict => {
    options.onSkipped?.(header.name);
    return 'skip';
  };
  return (header) => {
    entries += 1;
    bytes += header.size ?? 0;
    if (entries > entryLimit) return refused(header, 'exceeds the number of entries');
    if (bytes > bytesLimit) return refused(header, 'exceeds the size limit');
    if (header.name.includes('\0')) return refused(header, 'has a name with a zero byte');
    if (leavesByName(header)) return refused(header, 'leads out of the directory');
    if (!extractedTypes.has(header.type ?? 'file')) return skip(header);
    if (escapingLinks === 'keep' || header.type !== 'symlink' || !leadsOut(root, header)) return 'take';
    return escapingLinks === 'skip'
      ? skip(header)
      : refused(header, 'is a link that leads out of the directory');
  };
}

function leavesByName(header: EntryHeader): boolean {
  return header.name.startsWith('/') || header.name.split('/').includes('..');
}

/** A link may only lead to what is below the directory: an absolute one never does. */
function leadsOut(root: string, header: EntryHeader): boolean {
  const target = header.linkname ?? '';
  if (target.startsWith('/')) return true;
  const resolved = posix.normalize(posix.join(root, posix.dirname(header.name), target));
  return resolved !== root && !resolved.startsWith(join(root, '/'));
}

function refused(header: EntryHeader, why: string): StagecraftError {
  return new StagecraftError('output-failed', `"${header.name}" in the archive ${why}.`, {
    hint: 'The archive is not trusted any further; nothing was written outside the output directory.',
  });
}
