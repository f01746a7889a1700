import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';

import { createFaultyLine } from '../../../../test/engines/support/faults.ts';
import { socketPair } from '../../../../test/engines/support/socket-pair.ts';
import { readReply } from './call.ts';
import { type Connection, openConnection } from './connection.ts';
import { frame } from './frame.ts';
import { type RpcHandler, serve } from './serve.ts';
import { createRpcError } from './status.ts';
import { createTunnel } from './tunnel.ts';

const opened: Connection[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
});

/** A connection to handlers served by our own server role. */
async function connected(
  handlers: Readonly<Record<string, RpcHandler>>,
): Promise<{ connection: Connection; server: Duplex }> {
  const [client, server] = await socketPair();
  serve(server, new Map(Object.entries(handlers)));
  return { connection: await open(client), server };
}

async function open(client: Duplex, idleTimeoutMs = 5000): Promise<Connection> {
  const connection = await openConnection(client, { engine: 'test', idleTimeoutMs });
  opened.push(connection);
  return connection;
}

/** A connection to a server whose answers are written by hand. */
async function handmade(answer: (stream: ServerHttp2Stream) => void): Promise<Connection> {
  const [client, server] = await socketPair();
  const http2 = createServer();
  http2.on('stream', (stream) => {
    stream.on('error', () => {});
    answer(stream);
  });
  http2.on('sessionError', () => {});
  http2.emit('connection', server);
  return open(client);
}

async function ask(connection: Connection, path: string, text: string): Promise<string> {
  const call = connection.call(path);
  await call.write(frame(Buffer.from(text))).catch(() => {});
  call.end();
  return Buffer.from(await readReply(call)).toString();
}

const echo: RpcHandler = async (call) => {
  for (let message = await call.next(); message !== undefined; message = await call.next())
    await call.write(frame(message));
};

describe('calls', () => {
  test('carry a message there and back', async () => {
    const { connection } = await connected({ '/echo': echo });
    expect(await ask(connection, '/echo', 'hello')).toBe('hello');
  });

  test('run side by side on one connection', async () => {
    const { connection } = await connected({ '/echo': echo });
    const texts = Array.from({ length: 50 }, (_, index) => `call ${index}`);
    expect(await Promise.all(texts.map((text) => ask(connection, '/echo', text)))).toEqual(texts);
  });

  test('stream megabytes both ways without losing order', async () => {
    const { connection } = await connected({ '/echo': echo });
    const call = connection.call('/echo');
    const sending = (async () => {
      for (let index = 0; index < 200; index += 1) await call.write(frame(Buffer.alloc(50_000, index)));
      call.end();
    })();
    let count = 0;
    for (let message = await call.next(); message !== undefined; message = await call.next()) {
      expect(message.length).toBe(50_000);
      expect(message[0]).toBe(count);
      count += 1;
    }
    await sending;
    expect(count).toBe(200);
    expect((await call.status).code).toBe(0);
  });

  test('tell the status of a failing handler', async () => {
    const fail: RpcHandler = async () => {
      throw createRpcError({ code: 5, message: 'no such thing: ünï' });
    };
    const { connection } = await connected({ '/fail': fail });
    await expect(ask(connection, '/fail', '')).rejects.toMatchObject({
      status: { code: 5, message: 'no such thing: ünï' },
    });
  });

  test('tell that a method is unknown, in a reply of headers only', async () => {
    const { connection } = await connected({});
    await expect(ask(connection, '/nothing', 'x')).rejects.toMatchObject({ status: { code: 12 } });
  });

  test('keep repeated metadata values apart', async () => {
    const tell: RpcHandler = async (call) =>
      call.write(frame(Buffer.from(JSON.stringify(call.metadata.get('x-many')))));
    const { connection } = await connected({ '/tell': tell });
    const call = connection.call('/tell', { 'x-many': ['a, b', 'c'] });
    call.end();
    expect(JSON.parse(Buffer.from(await readReply(call)).toString())).toEqual(['a, b', 'c']);
  });

  test('stop the handler when they are cancelled', async () => {
    let aborted = false;
    const wait: RpcHandler = async (call) => {
      call.signal.addEventListener('abort', () => {
        aborted = true;
      });
      await call.next();
    };
    const { connection } = await connected({ '/wait': wait });
    const call = connection.call('/wait');
    await sleep(20);
    call.cancel();
    expect((await call.status).code).toBe(1);
    await sleep(20);
    expect(aborted).toBe(true);
  });

  test('end when the engine answers before everything was sent', async () => {
    const early: RpcHandler = async () => {
      throw createRpcError({ code: 8, message: 'too large' });
    };
    const { connection } = await connected({ '/early': early });
    const call = connection.call('/early');
    const writing = call.write(frame(Buffer.alloc(8 << 20))).catch(() => {});
    expect((await call.status).code).toBe(8);
    await writing;
  });
});

describe('broken answers', () => {
  const headers = { ':status': 200, 'content-type': 'application/grpc' };

  test('a stream without a status is a lost connection', async () => {
    const connection = await handmade((stream) => {
      stream.respond(headers);
      stream.end();
    });
    await expect(ask(connection, '/x', '')).rejects.toMatchObject({ status: { code: 14 } });
  });

  test('a stream that ends inside a message is a lost connection', async () => {
    const connection = await handmade((stream) => {
      stream.respond(headers);
      stream.end(frame(Buffer.from('abcdef')).subarray(0, 7));
    });
    const call = connection.call('/x');
    call.end();
    await expect(call.next()).rejects.toMatchObject({ code: 'connection-lost' });
  });

  test('another HTTP status is told', async () => {
    const connection = await handmade((stream) => stream.respond({ ':status': 503 }, { endStream: true }));
    await expect(ask(connection, '/x', '')).rejects.toMatchObject({
      status: { code: 14, message: expect.stringContaining('503') },
    });
  });

  test('a reset stream is a lost connection', async () => {
    const connection = await handmade((stream) => stream.close(2));
    await expect(ask(connection, '/x', '')).rejects.toMatchObject({ status: { code: 14 } });
  });

  test('a message where none may be is refused', async () => {
    const connection = await handmade((stream) => {
      stream.respond(headers);
      stream.end(Buffer.from([7, 0, 0, 0, 0]));
    });
    const call = connection.call('/x');
    call.end();
    await expect(call.next()).rejects.toMatchObject({ code: 'engine-protocol' });
  });
});

describe('connections', () => {
  test('tell every call and themselves when they are cut', async () => {
    const { connection, server } = await connected({ '/wait': (call) => call.next().then(() => {}) });
    const call = connection.call('/wait');
    await sleep(20);
    server.destroy();
    expect((await call.status).code).toBe(14);
    expect(await connection.closed).toMatchObject({ code: 'connection-lost' });
    expect(() => connection.call('/wait')).toThrow('was lost');
  });

  test('reject a peer that is gone before it said hello', async () => {
    const [client, server] = await socketPair();
    setTimeout(() => server.destroy(), 10);
    await expect(open(client)).rejects.toMatchObject({ code: 'connection-lost' });
  });

  test('reject a peer that speaks something else', async () => {
    const [client, server] = await socketPair();
    server.on('error', () => {});
    server.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(open(client)).rejects.toMatchObject({ code: 'connection-lost' });
  });

  test('end when a peer is silent for the idle limit, and not before', async () => {
    const [client, server] = await socketPair();
    serve(server, new Map([['/wait', (call) => call.next().then(() => {})]]));
    const connection = await open(createFaultyLine({ kind: 'none' }).wrap(client), 200);
    await sleep(600);
    expect(connection.call('/wait')).toBeDefined();
    // From now on everything the server says is lost.
    client.removeAllListeners('data');
    client.resume();
    const started = performance.now();
    expect(await connection.closed).toMatchObject({ code: 'idle-timeout' });
    expect(performance.now() - started).toBeLessThan(700);
  });

  test('end on the serving side, too, when the engine is silent for the idle limit', async () => {
    const [client, server] = await socketPair();
    const served = serve(createFaultyLine({ kind: 'none' }).wrap(server), new Map(), { idleTimeoutMs: 200 });
    const connection = await open(client);
    await served.ready;
    const early = await Promise.race([served.closed, sleep(600).then(() => 'open')]);
    expect(early).toBe('open');
    server.removeAllListeners('data');
    server.resume();
    expect(await served.closed).toEqual({ silent: true });
    expect(await connection.closed).toMatchObject({ code: 'connection-lost' });
  });

  test('on the serving side tell a peer that left from one that is silent', async () => {
    const [client, server] = await socketPair();
    const served = serve(server, new Map(), { idleTimeoutMs: 5000 });
    const connection = await open(client);
    await served.ready;
    await connection.close();
    expect(await served.closed).toEqual({ silent: false });
  });

  test('close without a reason on purpose', async () => {
    const { connection } = await connected({});
    await connection.close();
    expect(await connection.closed).toBeUndefined();
  });
});

describe('the tunnel', () => {
  test('carries a whole connection inside one call', async () => {
    const nested: RpcHandler = async (call) => {
      // The engine's side: what it says inside the call is HTTP/2 again, with the engine as the client.
      const inner = await openConnection(
        createTunnel({ ...call, end: () => {}, cancel: () => {}, status: new Promise(() => {}) }),
        { engine: 'inner', idleTimeoutMs: 5000 },
      );
      const answers = await Promise.all(['one', 'two'].map((text) => ask(inner, '/echo', text)));
      const large = await ask(inner, '/echo', 'x'.repeat(3_000_000));
      results.push(...answers, String(large.length));
      await inner.close();
    };
    const results: string[] = [];
    const { connection } = await connected({ '/session': nested });
    const call = connection.call('/session');
    serve(createTunnel(call), new Map([['/echo', echo]]));
    await call.status;
    expect(results).toEqual(['one', 'two', '3000000']);
  });
});
