// Needs base images: busybox:1.37
import { describe } from 'vitest';
import { describeConformance } from './engines/conformance/index.ts';
import { dockerEngine } from './engines/support/engine-under-test.ts';
import { exposeOnLoopback } from './engines/support/expose.ts';

const engine = dockerEngine({
  name: 'docker 20.10',
  socketPath: '/var/run/docker.sock',
  store: 'docker-graph',
  modern: false,
  expose: exposeOnLoopback,
});

describe("BuildKit in the machine's Docker daemon", () => {
  describeConformance(() => engine, engine);
});
