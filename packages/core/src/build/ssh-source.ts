/** An ssh agent for `RUN --mount=type=ssh`: a running agent's socket, or private keys read from files. */
export interface SshSource {
  /** The mount's id. The id of a mount without one is `default`. */
  readonly id: string;
  /** Socket of a running agent. */
  readonly agentSocket?: string;
  /** Private keys without a passphrase, in OpenSSH or PEM form. */
  readonly keyFiles?: readonly string[];
}
