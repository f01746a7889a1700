import { randomBytes } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import type { BuildRequest, RenderedDockerfile } from '../../../build/request.ts';
import { type SolveRequest, SolveRequestSchema } from '../proto/generated/control_pb.ts';
import type { ServedDirectory } from '../session/file-sync.ts';
import { planCaches } from './caches.ts';
import type { Capabilities } from './capabilities.ts';
import { planContexts } from './contexts.ts';
import { type Export, planExports } from './exports.ts';
import { frontendAttributes } from './frontend-attributes.ts';
import { withoutBuiltInSyntax } from './syntax-line.ts';
import { isAtLeast } from './versions.ts';

/** A build, ready to be sent. */
export interface SolvePlan {
  readonly rendered: RenderedDockerfile;
  readonly exports: readonly Export[];
  /** Directories the engine may read, by the name it asks with. */
  readonly directories: ReadonlyMap<string, ServedDirectory>;
  readonly ref: string;
  solveRequest(sessionId: string): SolveRequest;
}

/**
 * Decides everything about a build before the engine is asked for anything. Throws `unsupported-feature`, and
 * `context-missing` for an image that a layout lacks.
 */
export function planSolve(request: BuildRequest, capabilities: Capabilities, engine: string): SolvePlan {
  const { options } = request;
  const exports = planExports(options, capabilities, engine);
  const caches = planCaches(options, capabilities, engine);
  const attributes = frontendAttributes(options, capabilities, engine);
  const profile = isAtLeast(capabilities.version, 0, 10) ? 'modern' : 'buildkit';
  const rendered = withoutBuiltInSyntax(request.render(profile), capabilities.version);
  const contexts = planContexts(request, rendered, capabilities, engine);
  Object.assign(attributes, contexts.attributes);
  if (caches.imports.length > 0) {
    attributes['cache-imports'] = JSON.stringify(
      caches.imports.map(({ type, attrs }) => ({ Type: type, Attrs: attrs })),
    );
  }
  const [first] = exports;
  const ref = randomBytes(16).toString('hex');
  return {
    rendered,
    exports,
    ref,
    directories: contexts.directories,
    solveRequest: (session) =>
      create(SolveRequestSchema, {
        ref,
        session,
        frontend: 'dockerfile.v0',
        frontendAttrs: attributes,
        frontendInputs: contexts.inputs,
        entitlements: entitlementsOf(request),
        cache: { imports: caches.imports, exports: caches.exports },
        // Engines before 0.13 read only the single fields, newer ones prefer the list.
        exporterDeprecated: first?.type ?? '',
        exporterAttrsDeprecated: { ...first?.attributes },
        exporters: exports.map(({ type, attributes: attrs }) => ({ type, attrs: { ...attrs } })),
      }),
  };
}

function entitlementsOf({ options }: BuildRequest): string[] {
  const asked = new Set<string>(options.entitlements ?? []);
  if (options.network === 'host') asked.add('network.host');
  return [...asked];
}
