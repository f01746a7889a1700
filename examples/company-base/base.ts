import type { ShellCapability, Stage } from '@stagecraft/core';

/** What every image of the company says about itself. */
export interface Ownership {
  readonly team: string;
  readonly source: string;
}

/** Labels and a numeric user for any stage, with or without a shell. Use it with `.with(owned({ … }))`. */
export function owned<Shell extends ShellCapability>(
  ownership: Ownership,
): (stage: Stage<Shell>) => Stage<Shell> {
  return (stage) =>
    stage
      .label('com.example.team', ownership.team)
      .label('org.opencontainers.image.source', ownership.source)
      .user('65532:65532');
}

/** Adds the company's certificate authority to those that OpenSSL and Node.js trust. */
export function trusting(stage: Stage<'shell'>): Stage<'shell'> {
  return stage
    .copy('company-ca.crt', '/usr/local/share/ca-certificates/company-ca.crt')
    .env('NODE_EXTRA_CA_CERTS', '/usr/local/share/ca-certificates/company-ca.crt')
    .env('SSL_CERT_FILE', '/usr/local/share/ca-certificates/company-ca.crt');
}
