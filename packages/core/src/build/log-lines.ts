import { neutralise } from './neutralise.ts';

/** Makes whole lines of chunks that end anywhere. */
export interface LogLines {
  /** The lines that `text` completes, neutralised, without their newlines. */
  push(text: string): readonly string[];
  /** The last line, if it had no newline. */
  end(): readonly string[];
}

/** Takes text in chunks and gives lines. Linear also for one line that comes in many chunks. */
export function createLogLines(): LogLines {
  let pieces: string[] = [];
  const take = (last: string): string => {
    const line = pieces.length === 0 ? last : pieces.join('') + last;
    pieces = [];
    return neutralise(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  return {
    push: (text) => {
      const parts = text.split('\n');
      const rest = parts.pop() ?? '';
      const lines = parts.map(take);
      if (rest !== '') pieces.push(rest);
      return lines;
    },
    end: () => (pieces.length === 0 ? [] : [take('')]),
  };
}
