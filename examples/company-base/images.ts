import { final } from '@stagecraft/core';
import { owned, trusting } from './base.ts';

const source = 'https://example.com/payments';

/** A service of the company: its own lines are the base and the command. */
export default final()
  .from('debian:trixie-slim')
  .with(trusting)
  .with(owned({ team: 'payments', source }))
  .cmd(['sh', '-c', 'id -u && head -n 1 "$SSL_CERT_FILE"']);
