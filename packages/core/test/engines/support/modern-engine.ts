import { Readable } from 'node:stream';
import { dockerApi } from './docker-api.ts';
import { dockerEngine, type EngineUnderTest } from './engine-under-test.ts';
import { startModernDaemon } from './modern-daemon.mjs';

export interface ModernEngine extends EngineUnderTest {
  readonly socketPath: string;
  stop(): Promise<void>;
}

const firstPort = 5100;

/** Docker 26 with the base image that the suite builds on, taken from the machine's own daemon. */
export async function startModernEngine(store: 'graph' | 'containerd'): Promise<ModernEngine> {
  const daemon = await startModernDaemon(store);
  try {
    const archive = await dockerApi('/var/run/docker.sock').save('busybox:local');
    await dockerApi(daemon.socketPath).load(Readable.from([archive]));
  } catch (error) {
    await daemon.stop();
    throw error;
  }
  let port = firstPort;
  const engine = dockerEngine({
    name: `docker 26 with the ${store} store`,
    socketPath: daemon.socketPath,
    store: store === 'graph' ? 'docker-graph' : 'docker-containerd',
    modern: true,
    expose: async (socketPath) => {
      port += 1;
      await daemon.forward(port, socketPath);
      return port;
    },
  });
  return { ...engine, socketPath: daemon.socketPath, stop: () => daemon.stop() };
}
