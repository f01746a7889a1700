import { type ShellCapability, type Stage, stage } from '@stagecraft/core';
import { aptInstall } from '../service/apt-install.ts';

export interface CaCertificatesOptions {
  /** PEM files of the build context. */
  readonly files: readonly string[];
  /** An image with a shell and the usual certificates. Default: `'debian:13-slim'`. */
  readonly builder?: string;
}

const bundle = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Adds a company's certificate authorities to those the image trusts, also where it has no shell.
 *
 * Sets the variables that Node.js, Python and others read in place of the system's bundle.
 */
export function caCertificates({
  files,
  builder = 'debian:13-slim',
}: CaCertificatesOptions): <C extends ShellCapability>(target: Stage<C>) => Stage<C> {
  const certificates = aptInstall(stage('certificates').from(builder), ['ca-certificates'])
    .copy([...files], '/usr/local/share/ca-certificates/extra/')
    .run(
      'for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done',
      'update-ca-certificates',
    );
  return (target) =>
    target
      .copyFrom(certificates, bundle, bundle)
      .env({ SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: bundle, REQUESTS_CA_BUNDLE: bundle });
}
