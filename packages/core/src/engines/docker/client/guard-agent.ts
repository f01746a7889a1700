import { Agent, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import type { Endpoint } from '../endpoint/endpoint.ts';

interface RequestHandler {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/** An agent that opens a new connection to `endpoint` for every request. */
export function endpointAgent(endpoint: Endpoint): Agent {
  const agent = new Agent({ keepAlive: false });
  const createConnection = (
    _options: unknown,
    done: (error: unknown, socket?: Duplex) => void,
  ): undefined => {
    endpoint.dial().then(
      (socket) => done(null, socket),
      (error: unknown) => done(error),
    );
  };
  return Object.assign(agent, { createConnection });
}

/**
 * The same agent, but every request passes `watch` before it is sent.
 *
 * Node hands each request to its agent's `addRequest`, which makes this the one place where requests of a library that
 * keeps them to itself can be reached. It shows nothing of itself: docker-modem draws the whole of it for a debug line
 * before every request, read or not, which takes seconds once it holds the connections of many builds.
 */
export function watchAgent(agent: Agent, watch: (request: ClientRequest) => void): Agent {
  const inner = agent as unknown as RequestHandler;
  return Object.create(agent, {
    addRequest: {
      value: (request: ClientRequest, ...rest: readonly unknown[]): void => {
        watch(request);
        inner.addRequest(request, ...rest);
      },
    },
    [inspect.custom]: { value: () => '[Agent]' },
  }) as Agent;
}
