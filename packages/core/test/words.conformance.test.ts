import { expect, test } from 'vitest';
import { createRawWord, type EscapeToken } from '../src/ast/word.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { expandWord, expandWords } from '../src/evaluate/expand-word.ts';
import { readCases } from './conformance-cases.ts';

interface WordCase {
  readonly id: string;
  readonly word: string;
  readonly env: Readonly<Record<string, string>>;
  readonly escape: EscapeToken;
  readonly mode: 'word' | 'words';
  readonly heredocBody?: boolean;
  readonly expect?: string | readonly string[];
  readonly unset?: readonly string[];
  readonly error?: string;
}

interface Answer {
  readonly value?: string | readonly string[];
  readonly unset?: readonly string[];
  readonly error?: string;
}

const cases = readCases<WordCase>('words.jsonl');

test('every word of the conformance vectors expands to what BuildKit gives, or fails with its reason', () => {
  expect(cases.length).toBeGreaterThan(0);
  const differences = cases.flatMap((entry) => {
    const answer = answerTo(entry);
    return agrees(entry, answer) ? [] : [{ id: entry.id, word: entry.word, answer, ...expected(entry) }];
  });
  expect(differences).toEqual([]);
});

function answerTo(entry: WordCase): Answer {
  const word = createRawWord(entry.word, entry.escape);
  const options = { heredocBody: entry.heredocBody ?? false };
  try {
    if (entry.mode === 'words') return { value: expandWords(word, entry.env, options).values };
    const { value, unset } = expandWord(word, entry.env, options);
    return { value, unset: [...unset].sort() };
  } catch (error) {
    if (!isStagecraftError(error) || error.code !== 'evaluation-error') throw error;
    return { error: error.message };
  }
}

function agrees(entry: WordCase, answer: Answer): boolean {
  if (entry.error !== undefined) return answer.error?.endsWith(`: ${entry.error}.`) ?? false;
  const sameUnset = entry.unset === undefined || same(answer.unset, entry.unset);
  return answer.error === undefined && same(answer.value, entry.expect) && sameUnset;
}

function expected(entry: WordCase): Answer {
  return {
    ...(entry.expect === undefined ? {} : { value: entry.expect }),
    ...(entry.error === undefined ? {} : { error: entry.error }),
    ...(entry.unset === undefined ? {} : { unset: entry.unset }),
  };
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
