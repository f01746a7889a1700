import { create, toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { StatusSchema } from '../proto/generated/status_pb.ts';
import { encodeMessage, readStatus } from './status.ts';

test('has no status without the header', () => {
  expect(readStatus(undefined)).toBeUndefined();
  expect(readStatus({ 'content-type': 'application/grpc' })).toBeUndefined();
});

test.each(['plain', 'ünï 😀', '100%', 'two\nlines', '%41 is not A'])(
  'carries the message %j there and back',
  (message) => {
    expect(readStatus({ 'grpc-status': '2', 'grpc-message': encodeMessage(message) })).toMatchObject({
      code: 2,
      message,
    });
  },
);

test('sends nothing in a message that a header can not hold', () => {
  expect(encodeMessage('a\u0000\u007fé\n')).toMatch(/^[\x20-\x7e]*$/u);
});

test('reads details with and without base64 padding', () => {
  const bytes = toBinary(
    StatusSchema,
    create(StatusSchema, { code: 2, details: [{ typeUrl: 'x/y+json', value: Buffer.from('{}') }] }),
  );
  const encoded = Buffer.from(bytes).toString('base64');
  for (const header of [encoded, encoded.replace(/=+$/u, '')]) {
    const status = readStatus({ 'grpc-status': '2', 'grpc-status-details-bin': header });
    expect(status?.details.map(({ typeUrl }) => typeUrl)).toEqual(['x/y+json']);
  }
});

test('shows the error even when its details are broken', () => {
  const status = readStatus({
    'grpc-status': '5',
    'grpc-message': 'gone',
    'grpc-status-details-bin': 'AAAA',
  });
  expect(status).toMatchObject({ code: 5, message: 'gone', details: [] });
});
