import { expect, test } from 'vitest';
import { metadataValues, readMetadata } from './metadata.ts';

test('keeps repeated values and values with commas apart', () => {
  const metadata = readMetadata([
    'Exclude-Patterns',
    'foo, bar',
    'exclude-patterns',
    'baz',
    'exclude-patterns',
    '!qux',
  ]);
  expect(metadataValues(metadata, 'exclude-patterns')).toEqual(['foo, bar', 'baz', '!qux']);
});

test('reads values that were sent as raw UTF-8', () => {
  const sent = Buffer.from('ünï/*').toString('latin1');
  expect(metadataValues(readMetadata(['followpaths', sent]), 'followpaths')).toEqual(['ünï/*']);
});

test('decodes values that newer engines escape', () => {
  const metadata = readMetadata([
    'followpaths',
    'a+b%2C%C3%BC',
    'followpaths',
    'plain',
    'followpaths-encoded',
    '1',
  ]);
  expect(metadataValues(metadata, 'followpaths')).toEqual(['a b,ü', 'plain']);
});

test('leaves a percent sign alone where nothing is escaped', () => {
  expect(metadataValues(readMetadata(['followpaths', '100%25+']), 'followpaths')).toEqual(['100%25+']);
});

test('has no values for a name that was not sent', () => {
  expect(metadataValues(readMetadata([]), '__proto__')).toEqual([]);
});
