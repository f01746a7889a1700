import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePacket, encodeEndOfStats, encodePacket, encodeStat, packetType } from './packet.ts';

const stat = {
  path: 'dir/ünï',
  mode: 0o644,
  sizeBytes: 300,
  mtimeNs: 1_700_000_000_123_456_789n,
  linkName: '',
};

function body(framed: Buffer): Buffer {
  expect(framed.readUInt32BE(1)).toBe(framed.length - 5);
  return framed.subarray(5);
}

describe('packets', () => {
  test('have the bytes that engines expect', () => {
    // Worked out by hand from the field table: 08 = type, 12 = stat, 18 = number, 22 = data.
    expect(body(encodePacket(packetType.data, 3, Buffer.from('hi'))).toString('hex')).toBe(
      '0802180322026869',
    );
    expect(body(encodePacket(packetType.data, 0)).toString('hex')).toBe('0802');
    expect(body(encodePacket(packetType.request, 300)).toString('hex')).toBe('080118ac02');
    expect(body(encodePacket(packetType.finish, 0)).toString('hex')).toBe('0803');
    expect(body(encodeEndOfStats())).toHaveLength(0);
    const file = encodeStat({ path: 'a', mode: 0o644, sizeBytes: 5, mtimeNs: 1n, linkName: '' });
    expect(body(file).toString('hex')).toBe('120a0a016110a40328053001');
  });

  test('carry a stat there and back', () => {
    expect(decodePacket(body(encodeStat(stat)))).toEqual({ type: 0, id: 0, data: new Uint8Array(0), stat });
  });

  test('carry any stat there and back', () => {
    const anyStat = fc.record({
      path: fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
      mode: fc.nat({ max: 0xffff_ffff }),
      sizeBytes: fc.maxSafeNat(),
      mtimeNs: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      linkName: fc.string(),
    });
    fc.assert(
      fc.property(anyStat, (value) => {
        expect(decodePacket(body(encodeStat(value))).stat).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  test('skip fields that are not known', () => {
    const unknown = Buffer.from('f80601fa0603616263', 'hex');
    const packet = decodePacket(Buffer.concat([unknown, body(encodePacket(packetType.request, 7))]));
    expect(packet).toMatchObject({ type: packetType.request, id: 7 });
  });

  test('are refused when they are cut off anywhere', () => {
    const whole = body(encodeStat(stat));
    for (let length = 1; length < whole.length; length += 1) {
      expect(() => decodePacket(whole.subarray(0, length)), String(length)).toThrow('ends inside');
    }
  });
});
