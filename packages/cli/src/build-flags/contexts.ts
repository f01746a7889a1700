import type { ContextInput } from '@stagecraft/core/build';
import { toRecord } from './pairs.ts';

/** A directory, or the address of a git repository or an archive that the engine fetches itself. */
export function toContext(text: string): ContextInput {
  return /^(?:https?|git|ssh):\/\/|^git@/u.test(text) ? { url: text } : text;
}

/** `name=directory`, `name=https://…` or `name=docker-image://alpine:3.22`. */
export function toContexts(
  texts: readonly string[],
): Readonly<Record<string, ContextInput | { readonly image: string }>> {
  const named = Object.entries(toRecord('build-context', texts));
  return Object.fromEntries(
    named.map(([name, value]) => {
      const image = /^docker-image:\/\/(.+)$/su.exec(value)?.[1];
      return [name, image === undefined ? toContext(value) : { image }];
    }),
  );
}
