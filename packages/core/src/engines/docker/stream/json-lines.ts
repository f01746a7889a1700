import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** Longer lines come from no engine. */
const longestLine = 128 * 1024 * 1024;

/**
 * The JSON values of a stream with one value a line. Linear also for one huge line; the last one needs no newline.
 *
 * Throws `engine-protocol` for a line that is no JSON.
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<unknown> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [index, part] of parts.entries()) {
      pieces.push(part);
      length += part.length;
      if (length > longestLine) throw notJson('a line that never ends');
      if (index === parts.length - 1) break;
      yield* parseLine(pieces.join(''));
      [pieces, length] = [[], 0];
    }
  }
  yield* parseLine(pieces.join('') + decoder.decode());
}

function* parseLine(line: string): Iterable<unknown> {
  if (line.trim() === '') return;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw notJson(line.length > 60 ? 'a line that is no JSON' : JSON.stringify(line));
  }
  yield value;
}

function notJson(what: string): StagecraftError {
  return new StagecraftError('engine-protocol', `The engine sent ${what} where a message was expected.`, {
    hint: 'Something between may have changed the answer, for example a proxy. Check the address of the engine.',
  });
}
