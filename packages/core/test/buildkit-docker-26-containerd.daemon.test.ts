// Needs base images: busybox:1.37
import { afterAll, beforeAll, describe } from 'vitest';
import { describeConformance } from './engines/conformance/index.ts';
import { type ModernEngine, startModernEngine } from './engines/support/modern-engine.ts';

let engine: ModernEngine;

beforeAll(async () => {
  engine = await startModernEngine('containerd');
});

afterAll(() => engine?.stop());

describe('BuildKit in Docker 26 with the containerd store', () => {
  describeConformance(() => engine, { store: 'docker-containerd', modern: true });
});
