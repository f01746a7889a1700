import type { Agent } from 'node:http';
import type Dockerode from 'dockerode';

/** An existing client made with dockerode, of any version. */
export interface DockerodeClient {
  readonly modem: object;
}

/** What this project needs of a modem: the part of dockerode that sends requests. */
export interface Modem {
  agent: Agent;
  dial(options: Readonly<Record<string, unknown>>, done: (error: unknown, result: unknown) => void): void;
}

/** A dockerode whose requests all go through `agent`. Loaded on first use: printing a Dockerfile must not pay for it. */
export async function dockerodeOver(agent: Agent): Promise<Dockerode> {
  const [{ default: Client }, modem] = await Promise.all([import('dockerode'), plainModem(agent)]);
  return new Client({ modem } as Dockerode.DockerOptions);
}

/** The client the caller gave, with every request going through `wrap` of its own agent. */
export async function dockerodeWith(
  given: DockerodeClient,
  wrap: (agent: Agent | undefined) => Agent,
): Promise<Dockerode> {
  const { default: Client } = await import('dockerode');
  const original = given.modem as Modem;
  const modem = Object.assign(Object.create(original) as Modem, { agent: wrap(original.agent) });
  return new Client({ modem } as unknown as Dockerode.DockerOptions);
}

/** The usual constructor reads DOCKER_HOST and certificates again, and throws for those it doesn't like. */
async function plainModem(agent: Agent): Promise<Modem> {
  const { default: ModemClass } = await import('docker-modem');
  // A socket path keeps the modem from parsing addresses; the agent decides where the connection really goes.
  const settings = { socketPath: 'engine', protocol: 'http', headers: {}, sshOptions: {}, agent };
  return Object.assign(Object.create(ModemClass.prototype) as Modem, settings);
}
