import { isStagecraftError } from '@stagecraft/core';
import { expect } from 'vitest';

/** The call throws an error with this code and a hint; answers its message. */
export function expectRefusal(act: () => unknown, code: string): string {
  try {
    act();
  } catch (error) {
    expect(isStagecraftError(error) && { code: error.code, hasHint: error.hint !== undefined }).toEqual({
      code,
      hasHint: true,
    });
    return isStagecraftError(error) ? error.message : '';
  }
  throw new Error('Nothing was thrown.');
}
