import type { BuildOptions, ContextInput } from '@stagecraft/core/build';
import { toRecord } from './pairs.ts';

/** A directory, or the address of a git repository or an archive that the engine fetches itself. */
export function toContext(text: string): ContextInput {
  return /^(?:https?|git|ssh):\/\/|^git@/u.test(text) ? { url: text } : text;
}

type NamedContext = NonNullable<BuildOptions['contexts']>[string];

/** `name=directory`, `name=https://…`, `name=docker-image://alpine:3.22` or `name=oci-layout://directory:tag`. */
export function toContexts(texts: readonly string[]): Readonly<Record<string, NamedContext>> {
  const named = Object.entries(toRecord('build-context', texts));
  return Object.fromEntries(named.map(([name, value]) => [name, toNamedContext(value)]));
}

function toNamedContext(value: string): NamedContext {
  const [, scheme, rest = ''] = /^(docker-image|oci-layout):\/\/(.+)$/su.exec(value) ?? [];
  if (scheme === undefined) return toContext(value);
  if (scheme === 'docker-image') return { image: rest };
  const [, layout = rest, tag, digest] =
    /^(.*?)(?::([\w][\w.-]*))?(?:@(sha256:[a-f\d]{64}))?$/su.exec(rest) ?? [];
  return { layout, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
