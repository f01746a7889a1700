import { StagecraftError } from '../errors/stagecraft-error.ts';
import { type ByteString, toText } from './bytes.ts';

/** The tree is not what it was when it was planned. */
export function changed(path: ByteString, what: string, cause?: unknown): StagecraftError {
  return new StagecraftError(
    'context-changed',
    `"${toText(path)}" ${what} while the context was being read.`,
    {
      hint: 'Build again when nothing writes to the context, or list the path in .dockerignore.',
      cause,
    },
  );
}

function unreadable(path: ByteString, cause: unknown): StagecraftError {
  const reason = errorCode(cause) ?? 'unknown error';
  return new StagecraftError('context-unreadable', `"${toText(path)}" cannot be read (${reason}).`, {
    hint: 'Make it readable for this user, or list it in .dockerignore.',
    cause,
  });
}

export function unsupported(path: ByteString, why: string): StagecraftError {
  return new StagecraftError('context-unsupported', `"${toText(path)}" ${why}.`, {
    hint: 'Rename or remove it, or list it in .dockerignore.',
  });
}

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

const vanished = new Set([
  'EAGAIN',
  'EISDIR',
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'EMLINK',
  'ENXIO',
  'ESTALE',
  'EINVAL',
]);

/** Tells a path that became something else from one that this user may not read. */
export function accessError(path: ByteString, cause: unknown): StagecraftError {
  const code = errorCode(cause);
  if (code === 'ENOENT') return changed(path, 'disappeared', cause);
  return code !== undefined && vanished.has(code)
    ? changed(path, 'became something else', cause)
    : unreadable(path, cause);
}
