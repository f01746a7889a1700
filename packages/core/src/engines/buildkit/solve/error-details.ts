import type { RpcDetail } from '../rpc/status.ts';

/** What newer engines attach to an error. */
export interface ErrorDetails {
  /** 1-based line of the Dockerfile. */
  readonly line?: number;
  readonly vertex?: string;
  readonly exitCode?: number;
}

interface DetailJson {
  readonly ranges?: readonly { readonly start?: { readonly line?: number } }[];
  readonly digest?: string;
  readonly Code?: number;
}

/** Details are JSON texts named by a type; those that aren't known, or aren't JSON, are passed over. */
export function readErrorDetails(details: readonly RpcDetail[]): ErrorDetails {
  const found: { line?: number; vertex?: string; exitCode?: number } = {};
  for (const { typeUrl, value } of details) {
    const content = parseJson(value);
    if (content === undefined) continue;
    const line = content.ranges?.[0]?.start?.line;
    if (typeUrl.endsWith('errdefs.Source+json') && typeof line === 'number') found.line ??= line;
    if (typeUrl.endsWith('errdefs.Vertex+json') && typeof content.digest === 'string') {
      found.vertex ??= content.digest;
    }
    // A process that was killed has no code of its own.
    if (typeUrl.endsWith('ExitMessage+json') && typeof content.Code === 'number' && content.Code < 256) {
      found.exitCode ??= content.Code;
    }
  }
  return found;
}

function parseJson(value: Uint8Array): DetailJson | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof content === 'object' && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}
