import fc from 'fast-check';

/** Everything that means something to a Dockerfile, a shell or JSON, and what looks like it. */
const pieces = [
  ...['"', "'", '\\', '`', '$', '${', '}', '$A', '${A:-x}', '${A', '$$', '$1', '#', '!', '#!', '//'],
  ...[
    '<<',
    '<<EOF',
    '<<-EOF',
    '<<"EOF"',
    'EOF',
    '--',
    '--x=',
    '=',
    ',',
    ';',
    '|',
    '&&',
    '[',
    ']',
    '["a"]',
    '{}',
  ],
  ...[
    ' ',
    '  ',
    '\t',
    '\r',
    '\v',
    '\f',
    '\u0085',
    '\u00A0',
    '\u2028',
    '\u3000',
    '\uFEFF',
    '\u0001',
    '\u007F',
  ],
  ...[
    'é',
    '日本',
    '💡',
    'a',
    'b',
    'Z',
    '0',
    '/',
    '..',
    '.',
    ':',
    '*',
    '?',
    '@',
    'RUN',
    'FROM x',
    '# escape=`',
  ],
];

/** Texts with newlines are rare: nearly every place refuses them. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.constantFrom('\n', '\r\n', '\\\n', '\nRUN injected\n', '\nEOF\n') },
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
    ),
    { maxLength: 9 },
  )
  .map((parts) => parts.join(''));

const { STAGECRAFT_SEED } = process.env;

/** Different in every run unless `STAGECRAFT_SEED` is set; tests name it when they fail. */
export const hostileSeed: number = Number(STAGECRAFT_SEED ?? Math.trunc(Math.random() * 2 ** 31));

/** Different texts, the empty one among them. */
export function sampleHostileText(count: number): readonly string[] {
  const texts = new Set(['']);
  for (let round = 0; texts.size < count; round += 1) {
    const sample = fc.sample(hostileText, { numRuns: count, seed: hostileSeed + round });
    for (const text of sample) texts.add(text);
  }
  return [...texts].slice(0, count);
}
