import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import { expect, test } from 'vitest';
import { formatFindings } from '../src/lint/format/format-findings.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';

const text = 'FROM debian:latest AS Base\nUSER 0\nRUN cat a,b%c: \\\n  | sort\n';
const file = 'services/my api/Dockerfile';
const result = lint(parseDockerfile(text, { file }));
const options = { sources: { [file]: text }, toolVersion: '0.1.0' };

test.each(['pretty', 'json', 'sarif', 'github'] as const)('writes %s', async (format) => {
  await expect(formatFindings(result, format, options)).toMatchFileSnapshot(`golden/lint/${format}.txt`);
});

test('says so when there is nothing to say, and why nothing could be said', () => {
  expect(formatFindings({ findings: [] })).toBe('No findings.\n');
  const broken = lint(parseDockerfile('FROM debian:13-slim\nUSER 1\nEXPOSE $X-1\n'));
  expect(formatFindings(broken)).toContain('error: ');
  expect(formatFindings(broken, 'github')).toContain('::error::');
});

test('what it writes for code scanning is SARIF 2.1.0 as its schema has it', () => {
  const validate = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema,
  );
  for (const each of [result, { findings: [] }, lint(parseDockerfile('FROM $X\n'))]) {
    validate(JSON.parse(formatFindings(each, 'sarif', options)));
    expect(validate.errors ?? []).toEqual([]);
  }
  validate({ version: '2.1.0' });
  expect(validate.errors).not.toEqual(null);
});
