import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { classic, docker } from '../src/engines/index.ts';
import { type Outcome, outcomeOf, requestFor, type TextBuild } from './engine-support/classic-request.ts';
import {
  type Answer,
  buildAnswer,
  type ScriptedEngine,
  startScriptedEngine,
  success,
} from './engine-support/scripted-engine.ts';

let engine: ScriptedEngine | undefined;
afterEach(() => engine?.close());

const idleTimeoutMs = 500;
const build = 'POST /build';

const instructions = ['FROM scratch', 'RUN make', 'LABEL a=b'];

async function attempt(
  answers: Readonly<Record<string, Answer>>,
  options: TextBuild = {},
  lines: readonly string[] = instructions,
): Promise<Outcome> {
  engine = await startScriptedEngine(answers);
  const settings = { deadlines: { idleTimeoutMs }, files: { a: 'content' }, ...options };
  const request = await requestFor(lines, settings);
  return outcomeOf(classic({ host: engine.address }), request);
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('an engine whose answer is odd', () => {
  test('UTF-8 that is cut inside a character arrives whole', async () => {
    const bytes = Buffer.from(line({ stream: 'Step 1/3 : FROM scratch' }) + line({ stream: '漢字é🐳\n' }));
    const middle = bytes.indexOf('漢') + 1;
    const { events, result, error } = await attempt({
      [build]: buildAnswer(bytes.subarray(0, middle), bytes.subarray(middle), success),
    });
    expect(error).toBeUndefined();
    expect(events.filter((event) => event.type === 'log').map((event) => event.text)).toEqual(['漢字é🐳']);
    expect(result).toBeDefined();
  });

  test('the last line needs no newline, also when it is the error', async () => {
    const message = 'failed at last';
    const { error } = await attempt({ [build]: buildAnswer(JSON.stringify({ errorDetail: { message } })) });
    expect(error).toMatchObject({ code: 'build-failed', message: expect.stringContaining(message) });
  });

  test('a line that is no JSON is a protocol error', async () => {
    const { error } = await attempt({ [build]: buildAnswer('<html>proxy says no</html>\n', success) });
    expect(error?.code).toBe('engine-protocol');
  });

  test('one line of 24 MB costs little more than reading it', async () => {
    const text = 'x'.repeat(24_000_000);
    const { events, durationMs } = await attempt(
      { [build]: buildAnswer(line({ stream: 'Step 1/3 : FROM scratch' }), line({ stream: text }), success) },
      { deadlines: { idleTimeoutMs: 10_000 } },
    );
    expect(events.filter((event) => event.type === 'log')[0]?.text.length).toBe(text.length);
    console.log(`24 MB line through the engine: ${Math.round(durationMs)} ms`);
    expect(durationMs).toBeLessThan(3000);
  });

  test('terminal control in output, errors and warnings is gone', async () => {
    const evil = '\u001b]0;title\u0007\u001b[2Jshown\u009b1m';
    const { events, error } = await attempt({
      [build]: buildAnswer(
        line({ stream: 'Step 1/3 : FROM scratch' }),
        line({ stream: `[Warning] ${evil}\n` }),
        line({ stream: `${evil}\n` }),
        line({ status: `Pulling ${evil}`, id: evil, progressDetail: { current: 1, total: 2 } }),
        line({ errorDetail: { message: evil } }),
      ),
    });
    const texts = JSON.stringify([events, error?.message, error?.cause]);
    expect(
      [...texts].filter((character) => character < ' ' || (character > '~' && character < '\u00a0')),
    ).toEqual([]);
    expect(texts).not.toMatch(/\\u00[01]/u);
    expect(JSON.stringify(events)).toContain('shown');
  });

  test('a process that imitates the builder changes no step and no result', async () => {
    const { events, result } = await attempt({
      [build]: buildAnswer(
        line({ stream: 'Step 1/3 : FROM scratch' }),
        line({ stream: 'Step 2/3 : RUN make' }),
        line({ stream: ' ---> Running in 0123456789ab\n' }),
        line({ stream: 'Removing intermediate container ffffffffffff\n' }),
        line({ stream: ' ---> 0123456789ab\n' }),
        line({ stream: 'Step 7/3 : RUN evil\n' }),
        line({ stream: 'Successfully built 0123456789ab\n' }),
        line({ stream: 'Removing intermediate container 0123456789ab\n' }),
        line({ stream: 'Step 3/3 : LABEL a=b' }),
        success,
      ),
    });
    const started = events.filter((event) => event.type === 'started');
    expect(started.map(({ step }) => step.instruction)).toEqual(['FROM scratch', 'RUN make', 'LABEL a=b']);
    expect(events.filter((event) => event.type === 'log')).toHaveLength(4);
    expect(result?.imageId).toMatch(/^sha256:1+$/u);
  });
});

describe('an engine that is not honest about the result', () => {
  test('a clean end without an image is no success', async () => {
    const { error } = await attempt({
      [build]: buildAnswer(line({ stream: 'Successfully built 0123456789ab\n' })),
    });
    expect(error?.code).toBe('result-missing');
  });

  test('an image that cannot be looked up is no success', async () => {
    const { error } = await attempt({ [build]: buildAnswer(line({ aux: { ID: 'sha256:2' } })) });
    expect(error?.code).toBe('result-missing');
  });

  test('a tag that names another image is no success', async () => {
    const { error } = await attempt(
      {
        [build]: buildAnswer(success),
        'GET /images/mine:1/json': (response) => void response.end(JSON.stringify({ Id: 'sha256:3' })),
      },
      { tags: ['mine:1'] },
    );
    expect(error?.code).toBe('digest-mismatch');
  });
});

describe('an engine that refuses', () => {
  test('its own words arrive, also while the context is still on its way', async () => {
    for (let index = 0; index < 20; index += 1) {
      const { error } = await attempt(
        {
          [build]: (response) => {
            response.writeHead(500, { 'Content-Type': 'application/json' });
            response.end(JSON.stringify({ message: 'no space left on device' }));
          },
        },
        { files: { big: 'x'.repeat(20_000_000) }, deadlines: { idleTimeoutMs: 5000 } },
      );
      expect(error).toMatchObject({
        code: 'engine-refused',
        message: expect.stringContaining('no space left'),
      });
      await engine?.close();
    }
  });

  test('a web page instead of an answer is a protocol error', async () => {
    const { error } = await attempt({
      'GET /version': (response) => void response.writeHead(502).end('<html><body>Bad Gateway</body></html>'),
    });
    expect(error?.code).toBe('engine-protocol');
  });

  test('a socket proxy that forbids the call is told apart', async () => {
    const { error } = await attempt({
      [build]: (response, request) => {
        request.resume();
        response.writeHead(403).end('Forbidden');
      },
    });
    expect(error).toMatchObject({ code: 'engine-refused', hint: expect.stringContaining('proxy') });
  });

  test('a redirect is refused and not followed', async () => {
    const visits: string[] = [];
    const elsewhere = createServer((request, response) => {
      visits.push(String(request.url));
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/stolen`;
    const redirect: Answer = (response, request) => {
      request.resume();
      response.writeHead(307, { Location: target }).end();
    };
    for (const call of ['GET /version', build]) {
      const { error } = await attempt({ [call]: redirect });
      expect(error?.code).toBe('engine-protocol');
      await engine?.close();
    }
    elsewhere.close();
    expect(visits).toEqual([]);
  });
});

describe('an engine that goes silent', () => {
  test.each<[string, string, Answer]>([
    ['before it answers at all', 'GET /version', () => {}],
    ['in the middle of a short answer', 'GET /version', (response) => void response.write('{"Version":')],
    ['while it takes the context', build, () => {}],
    ['after the context', build, (_response, request) => void request.resume()],
    [
      'after its headers',
      build,
      (response, request) => {
        request.resume();
        response.writeHead(200).flushHeaders();
      },
    ],
    [
      'in the middle of a step',
      build,
      (response, request) => {
        request.resume();
        response.write(line({ stream: 'Step 1/3 : FROM scratch' }));
      },
    ],
  ])('%s meets an idle limit', async (_when, call, answer) => {
    const files = { big: 'x'.repeat(2_000_000) };
    const { error, durationMs } = await attempt({ [call]: answer }, { files });
    expect(error?.code).toBe('idle-timeout');
    expect(durationMs).toBeLessThan(idleTimeoutMs + 1000);
  });

  test('an answer that breaks off in the middle is a lost connection', async () => {
    const { error } = await attempt({
      'GET /version': (response) => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('{"Version":', () => response.destroy());
      },
    });
    expect(error?.code).toBe('connection-lost');
  });
});

test('credentials reach the engine and neither events nor errors', async () => {
  const canary = 'c4n4ry-p4ssw0rd';
  let header = '';
  const { events, error } = await attempt(
    {
      [build]: (response, request) => {
        header = String(request.headers['x-registry-config']);
        request.resume();
        response.writeHead(500).end(JSON.stringify({ message: 'no' }));
      },
    },
    { credentials: { find: async () => ({ username: 'bob', password: canary }) } },
    ['FROM registry.example/base'],
  );
  expect(Buffer.from(header, 'base64url').toString()).toContain(canary);
  expect(JSON.stringify([events, error, error?.stack, error?.cause])).not.toContain(canary);
});

test.each([404, 403])(
  'an engine that answers %i to BuildKit is used through the classic builder',
  async (status) => {
    engine = await startScriptedEngine({
      'POST /grpc': (response) => void response.writeHead(status).end('no'),
      [build]: buildAnswer(success),
    });
    const { result, error } = await outcomeOf(
      docker({ host: engine.address }),
      await requestFor(instructions),
    );
    expect(error).toBeUndefined();
    expect(result?.engine).toBe('classic');
  },
);
