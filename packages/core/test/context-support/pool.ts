/** Runs `task` for every item, `width` at a time; `lane` tells which of them a task runs in. */
export async function runPool<T>(
  items: readonly T[],
  width: number,
  task: (item: T, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (number: number): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await task(item, number);
  };
  await Promise.all(Array.from({ length: width }, (_, number) => lane(number)));
}

/** Everything a stream gives, in one piece. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
