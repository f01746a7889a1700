import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of the test's own, with one certificate for each side. */
export interface Certificates {
  readonly ca: string;
  readonly server: Certificate;
  readonly client: Certificate;
}

export function makeCertificates(directory: string, serverName: string): Certificates {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test authority');
  const sign = (name: string, subject: string, extensions: string): Certificate => {
    writeFileSync(join(directory, `${name}.ext`), extensions);
    openssl(
      'req',
      '-new',
      ...newKey.slice(0, 5),
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${subject}`,
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    );
    const read = (file: string): string => readFileSync(join(directory, file), 'utf8');
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  const server = sign('server', serverName, `subjectAltName=DNS:${serverName}\n`);
  const client = sign('client', 'a client', 'extendedKeyUsage=clientAuth\n');
  return { ca: readFileSync(join(directory, 'ca.pem'), 'utf8'), server, client };
}
