// Needs base images: busybox:local
import { expect, it } from 'vitest';
import { callEngine, engineAddress } from '../../scripts/lib/engine-client.mjs';
import { startRegistry } from '../../scripts/registry.mjs';

it('a registry takes an image from the daemon and gives it back', async () => {
  const registry = await startRegistry();
  const name = `${registry.url}/stagecraft/busybox`;
  const engine = (method: string, path: string) => callEngine(engineAddress(), { method, path });
  try {
    const tagged = await engine('POST', `/images/busybox:local/tag?repo=${encodeURIComponent(name)}&tag=1`);
    expect(tagged.status).toBe(201);
    const pushed = await pushImage(name);
    expect(pushed).not.toContain('"errorDetail"');
    const tags = await fetch(`http://${registry.url}/v2/stagecraft/busybox/tags/list`);
    expect(await tags.json()).toEqual({ name: 'stagecraft/busybox', tags: ['1'] });
  } finally {
    await engine('DELETE', `/images/${name}:1`);
    await registry.stop();
  }
  await expect(fetch(`http://${registry.url}/v2/`)).rejects.toThrow();
});

it('a registry with a user refuses everybody else', async () => {
  const registry = await startRegistry({ user: 'builder', password: 'a long password' });
  const status = async (credentials?: string) => {
    const headers = credentials
      ? { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
      : {};
    return (await fetch(`http://${registry.url}/v2/`, { headers })).status;
  };
  try {
    expect(await status()).toBe(401);
    expect(await status('builder:wrong')).toBe(401);
    expect(await status('builder:a long password')).toBe(200);
  } finally {
    await registry.stop();
  }
});

/** The engine wants an authentication header for a push, even an empty one. */
async function pushImage(name: string): Promise<string> {
  const headers = { 'X-Registry-Auth': Buffer.from('{}').toString('base64url') };
  const path = `/images/${name}/push?tag=1`;
  return (await callEngine(engineAddress(), { method: 'POST', path, headers })).text;
}
