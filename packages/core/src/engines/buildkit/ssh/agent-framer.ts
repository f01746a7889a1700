const longestMessageBytes = 256 * 1024;

/** Cuts a stream of agent messages apart; chunks may break anywhere. Throws on a message longer than agents allow. */
export function createAgentFramer(): (chunk: Uint8Array) => readonly Buffer[] {
  let buffered = Buffer.alloc(0);
  return (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    const messages: Buffer[] = [];
    while (buffered.length >= 4) {
      const length = buffered.readUInt32BE(0);
      if (length === 0 || length > longestMessageBytes)
        throw new RangeError('An ssh agent message is too long.');
      if (buffered.length < 4 + length) break;
      messages.push(buffered.subarray(4, 4 + length));
      buffered = buffered.subarray(4 + length);
    }
    return messages;
  };
}
