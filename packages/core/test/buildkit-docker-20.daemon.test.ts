// Needs base images: busybox:1.37
import { describe } from 'vitest';
import { contextScenarios } from './engines/conformance/context.ts';
import { frontendScenarios } from './engines/conformance/frontend.ts';
import { dockerEngine } from './engines/support/engine-under-test.ts';
import { exposeOnLoopback } from './engines/support/expose.ts';
import { runScenarios } from './engines/support/scenario.ts';

const engine = dockerEngine({
  name: 'docker 20.10',
  socketPath: '/var/run/docker.sock',
  store: 'docker-graph',
  modern: false,
  expose: exposeOnLoopback,
});

describe("BuildKit in the machine's Docker daemon", () => {
  describe('context', () => runScenarios(contextScenarios, () => engine, engine));
  describe('frontend', () => runScenarios(frontendScenarios, () => engine, engine));
});
