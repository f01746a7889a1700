// Needs base images: busybox:1.37
import { afterAll, describe } from 'vitest';
import { describeConformance } from './engines/conformance/index.ts';
import { classicEngine } from './engines/support/classic-engine.ts';

const engine = classicEngine('/var/run/docker.sock');

afterAll(() => engine.close());

describe("the classic builder of the machine's Docker daemon", () => {
  describeConformance(() => engine, engine);
});
