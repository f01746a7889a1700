/** One line of what an engine streams while it builds, pulls, pushes or loads. */
export interface EngineMessage {
  /** Output of the builder and of the processes it runs, in any chunks. */
  readonly stream?: string;
  /** What happens to the layer `id`. */
  readonly status?: string;
  readonly id?: string;
  readonly current?: number;
  readonly total?: number;
  readonly error?: { readonly message: string; readonly code?: number };
  /** The finished image. */
  readonly imageId?: string;
  /** What a push made. */
  readonly pushed?: { readonly tag: string; readonly digest: string; readonly sizeBytes: number };
}

/** Picks what is known out of a line; anything else about it is ignored. */
export function readMessage(value: unknown): EngineMessage {
  const detail = get(value, 'progressDetail');
  return {
    ...text('stream', get(value, 'stream')),
    ...text('status', get(value, 'status')),
    ...text('id', get(value, 'id')),
    ...number('current', get(detail, 'current')),
    ...number('total', get(detail, 'total')),
    ...readError(value),
    ...readAux(get(value, 'aux')),
  };
}

function readError(value: unknown): Pick<EngineMessage, 'error'> {
  const detail = get(value, 'errorDetail');
  const message = get(detail, 'message') ?? get(value, 'error');
  if (message === undefined) return {};
  return { error: { message: String(message), ...number('code', get(detail, 'code')) } };
}

function readAux(aux: unknown): Pick<EngineMessage, 'imageId' | 'pushed'> {
  const [tag, digest, size] = [get(aux, 'Tag'), get(aux, 'Digest'), get(aux, 'Size')];
  const pushed =
    typeof digest === 'string'
      ? { tag: String(tag), digest, sizeBytes: typeof size === 'number' ? size : 0 }
      : undefined;
  return { ...text('imageId', get(aux, 'ID')), ...(pushed && { pushed }) };
}

function get(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function text<K extends string>(name: K, value: unknown): { readonly [P in K]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { readonly [P in K]?: string };
}

function number<K extends string>(name: K, value: unknown): { readonly [P in K]?: number } {
  return (typeof value === 'number' ? { [name]: value } : {}) as { readonly [P in K]?: number };
}
