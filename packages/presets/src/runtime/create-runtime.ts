import type { ShellCapability } from '@stagecraft/core';
import type { Runtime } from './runtime.ts';

const everything = { caCertificates: true, timeZones: true, passwd: true, temporaryDirectory: true } as const;
const common = ['amd64', 'arm64'] as const;

/** What a runtime has unless it says otherwise. */
type Defaulted = 'kind' | 'language' | 'gid' | 'setsUser' | 'has' | 'architectures';

export type RuntimeInit<C extends ShellCapability> = Omit<Runtime<C>, Defaulted> &
  Partial<Pick<Runtime<C>, Defaulted>>;

/** A frozen runtime; `gid` defaults to `uid`, `has` to everything. */
export function createRuntime<C extends ShellCapability>(init: RuntimeInit<C>): Runtime<C> {
  const { has = everything, architectures = common } = init;
  return Object.freeze({
    language: 'none' as const,
    setsUser: true,
    ...init,
    kind: 'Runtime' as const,
    gid: init.gid ?? init.uid,
    has: Object.freeze({ ...has }),
    architectures: Object.freeze([...architectures]),
  });
}
