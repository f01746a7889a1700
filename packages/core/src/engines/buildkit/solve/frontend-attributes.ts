import type { BuildEngineOptions } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { Capabilities } from './capabilities.ts';
import { unsupported } from './unsupported.ts';
import { isAtLeast } from './versions.ts';

/** What the Dockerfile frontend is told. Engines ignore what they don't know, so that is refused here. */
export function frontendAttributes(
  options: BuildEngineOptions,
  capabilities: Capabilities,
  engine: string,
): Record<string, string> {
  refuseUnsupported(options, capabilities, engine);
  const attributes: Record<string, string> = { filename: 'Dockerfile' };
  if (options.target !== undefined) attributes['target'] = options.target;
  for (const [name, value] of Object.entries(options.buildArgs)) attributes[`build-arg:${name}`] = value;
  for (const [name, value] of Object.entries(options.labels)) attributes[`label:${name}`] = value;
  if (options.platforms.length > 0) attributes['platform'] = options.platforms.join(',');
  if (options.noCache === true) attributes['no-cache'] = '';
  else if (options.noCache !== false && options.noCache.length > 0) {
    attributes['no-cache'] = options.noCache.join(',');
  }
  if (options.pull) attributes['image-resolve-mode'] = 'pull';
  else if (capabilities.store !== 'buildkitd') attributes['image-resolve-mode'] = 'local';
  if (options.network === 'none' || options.network === 'host') {
    attributes['force-network-mode'] = options.network;
  }
  addRunSettings(options, attributes);
  if (options.sourceDateEpoch !== undefined) {
    attributes['build-arg:SOURCE_DATE_EPOCH'] = String(options.sourceDateEpoch);
  }
  Object.assign(attributes, attestationAttributes(options, capabilities));
  return attributes;
}

function addRunSettings(options: BuildEngineOptions, attributes: Record<string, string>): void {
  const hosts = Object.entries(options.extraHosts ?? {});
  if (hosts.length > 0)
    attributes['add-hosts'] = hosts.map(([host, address]) => `${host}=${address}`).join(',');
  const limits = Object.entries(options.ulimits ?? {});
  if (limits.length > 0) {
    attributes['ulimit'] = limits.map(([name, { soft, hard }]) => `${name}=${soft}:${hard}`).join(',');
  }
  if (options.shmSizeBytes !== undefined) attributes['shm-size'] = String(options.shmSizeBytes);
}

/** Provenance comes by default where it travels with the image, in its minimal form, which holds no build arguments. */
function attestationAttributes(
  options: BuildEngineOptions,
  capabilities: Capabilities,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  const { sbom, provenance } = options.attestations ?? {};
  if (sbom === true) attributes['attest:sbom'] = '';
  else if (typeof sbom === 'object') attributes['attest:sbom'] = `generator=${sbom.generator}`;
  const hasIndex = capabilities.store !== 'docker-graph' && isAtLeast(capabilities.version, 0, 11);
  // A reproducible build must not get a different statement each time.
  const byDefault = hasIndex && options.sourceDateEpoch === undefined;
  if (provenance === undefined && byDefault) attributes['attest:provenance'] = 'mode=min,inline-only=true';
  else if (typeof provenance === 'string') attributes['attest:provenance'] = `mode=${provenance}`;
  return attributes;
}

function refuseUnsupported(options: BuildEngineOptions, capabilities: Capabilities, engine: string): void {
  const { version, store } = capabilities;
  const require = (wanted: boolean, feature: string, minor: number, since: string): void => {
    if (wanted && !isAtLeast(version, 0, minor)) throw unsupported(feature, engine, since);
  };
  const { sbom, provenance } = options.attestations ?? {};
  const attests = (sbom !== undefined && sbom !== false) || typeof provenance === 'string';
  if (attests && store === 'docker-graph') {
    const since = 'Docker 24 with the containerd image store, or BuildKit 0.11';
    throw unsupported('attestations', engine, since);
  }
  require(attests, 'attestations', 11, 'BuildKit 0.11 (Docker 24)');
  require(options.sourceDateEpoch !== undefined, '"sourceDateEpoch"', 11, 'BuildKit 0.11 (Docker 24)');
  require(options.rewriteTimestamps === true, '"rewriteTimestamps"', 13, 'BuildKit 0.13 (Docker 26)');
  require(Object.keys(options.ulimits ?? {}).length > 0, '"ulimits"', 10, 'BuildKit 0.10 (Docker 23)');
  require(options.shmSizeBytes !== undefined, '"shmSizeBytes"', 10, 'BuildKit 0.10 (Docker 23)');
  if (options.platforms.length > 1 && store === 'docker-graph') {
    throw unsupported(
      'images for several platforms',
      engine,
      'Docker 24 with the containerd image store, or BuildKit',
    );
  }
  refuseUnsafe(options);
}

// Hosts and limits travel in comma-separated lists without any escaping.
function refuseUnsafe(options: BuildEngineOptions): void {
  const values = [
    ...Object.entries(options.extraHosts ?? {}).flat(),
    ...Object.keys(options.ulimits ?? {}),
    ...options.platforms,
    ...(Array.isArray(options.noCache) ? options.noCache : []),
  ];
  for (const value of values) {
    if (/[,=\s]/u.test(value)) {
      throw new StagecraftError('invalid-value', `The value "${value}" must not hold commas, "=" or spaces.`);
    }
  }
}
