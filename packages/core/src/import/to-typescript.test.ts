import { expect, test } from 'vitest';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import { parseDockerfile } from '../parse/parse-dockerfile.ts';
import { fromDockerfile } from './from-dockerfile.ts';
import { toTypeScript } from './to-typescript.ts';

const after = (base: string, line: string): string =>
  `FROM alpine AS builder\nRUN make\nFROM ${base}\n${line}\n`;
const imported = (text: string): string => toTypeScript(parseDockerfile(text));

test.each([
  ['COPY --from=builder /a* /b/', "copyFrom(builder, '/a*', '/b/')"],
  ['COPY --from=builder /a /c /b/', "copyFrom(builder, ['/a', '/c'], '/b/')"],
  ['RUN --mount=type=bind,from=builder,target=/a ls', "mount.bind(builder, { target: '/a' })"],
])('%s keeps its stage as a call', (line, call) => {
  expect(imported(after('alpine', line))).toContain(call);
});

test.each([
  ['alpine', 'COPY --from=builder /a* /b', 'End the destination with a slash'],
  ['alpine', 'COPY --from=builder /a /c /b', 'End the destination with a slash'],
  ['scratch', 'RUN --mount=type=bind,from=builder,target=/a ls', 'Write the command as a JSON array'],
  ['alpine', 'RUN --mount=type=bind,from=builder,target=/a,target=/b ls', 'Write its type first'],
  ['alpine', 'RUN --mount=from=builder,target=/a,type=bind ls', 'Write its type first'],
  ['alpine', 'RUN --mount=type=bind,from=builder,target=/a,readonly=1 ls', 'Write its type first'],
])('on %s "%s" is refused with its line rather than lose the stage', (base, line, hint) => {
  const text = after(base, line);
  expect(() => imported(text)).toThrow(
    expect.objectContaining({
      code: 'invalid-value',
      message: expect.stringContaining('"builder"'),
      hint: expect.stringContaining(hint),
      where: expect.objectContaining({ line: 4 }),
    }),
  );
});

test('stage objects keep what only a call can not say', () => {
  const { target } = fromDockerfile(after('alpine', 'COPY --from=builder /a* /b'));
  expect(target.toNode().instructions).toHaveLength(1);
  expect(() => fromDockerfile(after('alpine', 'RUN --mount=from=builder,target=/a,type=bind ls'))).toThrow(
    expect.toSatisfy(isStagecraftError),
  );
});
