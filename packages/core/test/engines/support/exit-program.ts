import { createBuildkitEngine } from '../../../src/engines/buildkit/index.ts';
import { dialSocket } from './engine-under-test.ts';
import { requestOf } from './requests.ts';

// Builds once in the way it is told, and then has nothing more to do: its process must end by itself.
const kind = process.argv[2];
const outputs = [{ type: 'none' as const }];
const socketPath = kind === 'unreachable' ? '/nowhere.sock' : '/var/run/docker.sock';
const engine = createBuildkitEngine({ name: 'docker', upgrade: '/grpc', dial: () => dialSocket(socketPath) });
const command = kind === 'failure' ? 'exit 1' : kind === 'abort' ? 'sleep 20' : 'true';
const request = requestOf({
  dockerfile: `FROM busybox:local\nRUN --mount=type=secret,id=s echo started; ${command}\n`,
  options: {
    outputs,
    noCache: true,
    secrets: [
      {
        id: 's',
        value: () => (kind === 'secret-never' ? new Promise(() => {}) : Promise.resolve(Buffer.from('x'))),
      },
    ],
    deadlines: { secretTimeoutMs: 300 },
  },
});
const abort = new AbortController();
try {
  for await (const event of engine.build(request, abort.signal)) {
    if (event.type !== 'log') continue;
    if (kind === 'abort') abort.abort();
    if (kind === 'early-return') break;
  }
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
process.stdout.write(`ended at ${Date.now()}\n`);
