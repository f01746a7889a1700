import { Agent, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { engineError } from './engine-error.ts';
import { endpointAgent, watchAgent } from './guard-agent.ts';
import { type DockerodeClient, dockerodeOver, dockerodeWith, type Modem } from './load-dockerode.ts';

interface CallOptions {
  /** For error messages: what is being done, for example `asking for the version`. */
  readonly action: string;
  readonly signal?: AbortSignal | undefined;
  /** Sent with the request but never shown to dockerode, whose debug output repeats what it knows. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole call, in milliseconds; none for calls that stream. */
  readonly timeoutMs?: number | undefined;
  readonly onRequest?: (request: ClientRequest) => void;
}

/** Dockerode with its faults kept away: every call ends, every error is one of ours, redirects are refused. */
export interface EngineClient {
  readonly describe: string;
  /** Whether the engine is known to be on this machine, where one more connection costs nothing. */
  readonly local: boolean;
  call<T>(work: (docker: Dockerode) => Promise<T>, options: CallOptions): Promise<T>;
  /** Turns a POST into a raw connection, for `/grpc` and `/session`. */
  hijack(
    path: string,
    headers: OutgoingHttpHeaders,
    options?: Pick<CallOptions, 'signal' | 'timeoutMs'>,
  ): Promise<Duplex>;
}

/** A client for an endpoint. */
export function clientForEndpoint(endpoint: Endpoint): EngineClient {
  const agent = endpointAgent(endpoint);
  return createClient(endpoint, (watch) => dockerodeOver(watchAgent(agent, watch)));
}

/** A client that sends through a dockerode the caller made. */
export function clientForDockerode(given: DockerodeClient): EngineClient {
  const { protocol, host } = given.modem as { readonly protocol?: string; readonly host?: string };
  const fresh =
    protocol === 'https' ? new SecureAgent({ keepAlive: false }) : new Agent({ keepAlive: false });
  const describe = host === undefined ? 'the given dockerode client' : `${protocol ?? 'http'}://${host}`;
  return createClient({ describe, local: false }, (watch) =>
    dockerodeWith(given, (agent) => watchAgent(agent ?? fresh, watch)),
  );
}

type Connect = (watch: (request: ClientRequest) => void) => Promise<Dockerode>;

function createClient(
  { describe, local }: Pick<Endpoint, 'describe' | 'local'>,
  connect: Connect,
): EngineClient {
  const call: EngineClient['call'] = (work, options) => guarded(describe, connect, work, options);
  return {
    describe,
    local,
    call,
    hijack: (path, headers, options = {}) => {
      const dial = { path, method: 'POST', hijack: true, headers: { Upgrade: 'h2c', ...headers } };
      return call((docker) => dialRaw(docker.modem as unknown as Modem, dial), {
        ...options,
        action: `opening "${path}"`,
        // The engine drops what it has read before it hands the connection over, so no body may be announced.
        onRequest: (request) => request.removeHeader('Transfer-Encoding'),
      });
    },
  };
}

async function guarded<T>(
  describe: string,
  connect: Connect,
  work: (docker: Dockerode) => Promise<T>,
  options: CallOptions,
): Promise<T> {
  const link = linkSignal(options.signal);
  const { signal } = link.controller;
  const { timeoutMs } = options;
  let timer: NodeJS.Timeout | undefined;
  try {
    signal.throwIfAborted();
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      connect((request) => watchRequest(request, options, link, reject))
        .then((docker) => {
          signal.throwIfAborted();
          // The engine is not to blame for the time that loading the client takes.
          if (timeoutMs !== undefined)
            timer = setTimeout(() => link.controller.abort(silent(describe, options)), timeoutMs);
          return work(docker);
        })
        .then(resolve, reject);
    });
  } catch (error) {
    link.unlink();
    throw options.signal?.aborted ? aborted(options.signal) : engineError(error, describe, options.action);
  } finally {
    clearTimeout(timer);
  }
}

interface SignalLink {
  readonly controller: AbortController;
  unlink(): void;
}

/** A controller that aborts with `outer` until it is unlinked, so that a long-lived signal collects no listeners. */
function linkSignal(outer: AbortSignal | undefined): SignalLink {
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return { controller, unlink: () => outer?.removeEventListener('abort', abort) };
}

function watchRequest(
  request: ClientRequest,
  { headers = {}, onRequest }: CallOptions,
  link: SignalLink,
  fail: (error: unknown) => void,
): void {
  const { signal } = link.controller;
  for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  // A call that streams is settled long before its request is, so the signal stays linked until the request closes.
  request.once('close', link.unlink);
  signal.addEventListener('abort', () => void request.destroy(signal.reason), { once: true });
  request.on('error', fail);
  request.prependOnceListener('response', (response: IncomingMessage) => {
    // Without an address docker-modem reports the redirect instead of following it to wherever it leads.
    delete response.headers.location;
    response.once('close', () => {
      if (!response.complete) fail(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    });
  });
  onRequest?.(request);
}

function silent(describe: string, { action, timeoutMs }: CallOptions): StagecraftError {
  return new StagecraftError(
    'idle-timeout',
    `"${describe}" stayed silent for ${timeoutMs} ms while ${action}.`,
    {
      hint: 'Check the engine and the network. Raise "deadlines.idleTimeoutMs" if the engine is only slow.',
    },
  );
}

function aborted(signal: AbortSignal): StagecraftError {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name === 'StagecraftError') return reason as StagecraftError;
  return new StagecraftError('aborted', 'The build was aborted.', { cause: reason });
}

function dialRaw(modem: Modem, options: Readonly<Record<string, unknown>>): Promise<Duplex> {
  const statusCodes = { 101: true };
  return new Promise((resolve, reject) => {
    modem.dial({ ...options, statusCodes }, (error, result) => {
      if (error) reject(error);
      else resolve(result as Duplex & Readable);
    });
  });
}
