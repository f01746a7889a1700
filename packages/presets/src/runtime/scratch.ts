import { createRuntime } from './create-runtime.ts';
import type { Runtime } from './runtime.ts';

/** The empty image: for static binaries that need no certificates, time zones or temporary files. Runs as 65532. */
export function scratch(): Runtime<'no-shell'> {
  return createRuntime({
    family: 'scratch',
    image: 'scratch',
    shell: 'no-shell',
    libc: 'none',
    uid: 65_532,
    has: { caCertificates: false, timeZones: false, passwd: false, temporaryDirectory: false },
    architectures: ['amd64', 'arm64', 'arm', 's390x', 'ppc64le', 'riscv64'],
  });
}
