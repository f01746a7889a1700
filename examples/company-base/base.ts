import type { ShellCapability, Stage } from '@stagecraft/core';
import { defineBase, ociLabels } from '@stagecraft/presets';

/** What every image of the company says about itself. */
export interface Ownership {
  readonly team: string;
  readonly source: string;
}

const company = defineBase({ labels: { 'com.example.company': 'Example' }, user: '65532:65532' });

/** Labels and a numeric user for any stage, with or without a shell. Use it with `.with(owned({ … }))`. */
export function owned<Shell extends ShellCapability>({
  team,
  source,
}: Ownership): (stage: Stage<Shell>) => Stage<Shell> {
  return (stage) => stage.with(company).label('com.example.team', team).with(ociLabels({ source }));
}

/** Adds the company's certificate authority to those that OpenSSL and Node.js trust. */
export function trusting(stage: Stage<'shell'>): Stage<'shell'> {
  return stage
    .copy('company-ca.crt', '/usr/local/share/ca-certificates/company-ca.crt')
    .env('NODE_EXTRA_CA_CERTS', '/usr/local/share/ca-certificates/company-ca.crt')
    .env('SSL_CERT_FILE', '/usr/local/share/ca-certificates/company-ca.crt');
}
