const longestLine = 64 * 1024;

/** Puts lines together from chunks that may end anywhere, in the middle of a character too. */
export interface LineAssembler {
  push(chunk: Uint8Array): readonly string[];
  /** The last line, if it had no newline. */
  end(): readonly string[];
}

export interface LineAssemblerOptions {
  /** Rewrites text before it may be cut; a match must not get lost at a cut. */
  readonly redact: (text: string) => string;
  /** Length of the longest match of `redact`. */
  readonly holdBack: () => number;
}

export function createLineAssembler(options: LineAssemblerOptions): LineAssembler {
  const decoder = new TextDecoder('utf-8');
  let pieces: string[] = [];
  let length = 0;

  const takeText = (): string => {
    const text = pieces.join('');
    pieces = [];
    length = 0;
    return text;
  };
  const keep = (text: string): void => {
    if (text === '') return;
    pieces.push(text);
    length += text.length;
  };
  // An endless line is handed on in parts; its tail stays, since a secret may just begin there.
  const cut = (): readonly string[] => {
    if (length <= longestLine + options.holdBack()) return [];
    const text = options.redact(takeText());
    const end = Math.max(0, text.length - options.holdBack());
    keep(text.slice(end));
    return end === 0 ? [] : [text.slice(0, end)];
  };
  const add = (text: string): readonly string[] => {
    const parts = text.split('\n');
    const lines: string[] = [];
    parts.forEach((part, index) => {
      keep(part);
      lines.push(...cut());
      if (index < parts.length - 1) lines.push(finishLine(options.redact(takeText())));
    });
    return lines;
  };
  return {
    push: (chunk) => add(decoder.decode(chunk, { stream: true })),
    end() {
      const lines = add(decoder.decode());
      return length === 0 ? lines : [...lines, finishLine(options.redact(takeText()))];
    },
  };
}

// What a progress bar wrote over itself stays visible; the caller turns lone carriage returns into something harmless.
function finishLine(line: string): string {
  return line.replace(/\r+$/u, '');
}
