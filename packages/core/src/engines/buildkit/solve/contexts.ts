import type { ContextSource, OciLayout, RemoteContext } from '../../../build/context-source.ts';
import type { BuildRequest, RenderedDockerfile } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { layoutId, usualTag } from '../layout/prepare-layouts.ts';
import type { Definition } from '../proto/generated/llb_pb.ts';
import type { ServedDirectory } from '../session/file-sync.ts';
import type { Capabilities } from './capabilities.ts';
import { defineFiles } from './definition.ts';
import { unsupported } from './unsupported.ts';
import { isAtLeast } from './versions.ts';
import { virtualEntries } from './virtual-entries.ts';

export interface ContextPlan {
  readonly attributes: Readonly<Record<string, string>>;
  readonly inputs: Record<string, Definition>;
  readonly directories: ReadonlyMap<string, ServedDirectory>;
}

const dockerfileName = 'Dockerfile';
const dockerfileKey = 'stagecraft-dockerfile';

/** Says where the Dockerfile, the context and the named contexts come from. */
export function planContexts(
  request: BuildRequest,
  rendered: RenderedDockerfile,
  capabilities: Capabilities,
  engine: string,
): ContextPlan {
  const attributes: Record<string, string> = {};
  const inputs: Record<string, Definition> = {};
  const directories = new Map<string, ServedDirectory>();
  const file = { path: dockerfileName, content: rendered.text };
  if (isRemote(request.context)) {
    attributes['context'] = request.context.url;
    // A remote context brings its own Dockerfile unless another one is forced, and only a directory can force one.
    attributes['dockerfilekey'] = dockerfileKey;
    directories.set(dockerfileKey, { label: 'dockerfile', entries: () => virtualEntries([file]) });
  } else {
    // As part of the request it can't be mistaken for an earlier version that looks the same.
    inputs['dockerfile'] = defineFiles('load the Dockerfile', [file]);
    directories.set('context', served('context', request.context));
  }
  addNamedContexts(request, attributes, directories, capabilities, engine);
  return { attributes, inputs, directories };
}

function addNamedContexts(
  request: BuildRequest,
  attributes: Record<string, string>,
  directories: Map<string, ServedDirectory>,
  capabilities: Capabilities,
  engine: string,
): void {
  const contexts = Object.entries(request.namedContexts);
  if (contexts.length === 0) return;
  const tooOld = capabilities.versionKnown && !isAtLeast(capabilities.version, 0, 10);
  if (tooOld) throw unsupported('named contexts', engine, 'BuildKit 0.10 (Docker 23)');
  // An older frontend then fails at once instead of pulling an image of that name from the Docker Hub.
  attributes['frontend.caps'] = 'moby.buildkit.frontend.contexts+forward';
  for (const [index, [name, context]] of contexts.entries()) {
    if (/[\s:=]/u.test(name)) {
      throw new StagecraftError(
        'invalid-value',
        `The named context "${name}" must not hold spaces, ":" or "=".`,
      );
    }
    const key = `context:${name}`;
    if (isRemote(context)) attributes[key] = context.url;
    else if ('image' in context) attributes[key] = `docker-image://${context.image}`;
    else if ('layout' in context) attributes[key] = layoutAddress(name, context, capabilities, engine);
    else {
      const directory = `context-${index}`;
      attributes[key] = `local:${directory}`;
      directories.set(directory, served(name, context));
    }
  }
}

function layoutAddress(
  name: string,
  { layout, digest, tag = usualTag }: OciLayout,
  capabilities: Capabilities,
  engine: string,
): string {
  const tooOld = capabilities.versionKnown && !isAtLeast(capabilities.version, 0, 11);
  if (tooOld || capabilities.store === 'docker-graph') {
    const since = 'Docker 24 with the containerd image store, or BuildKit 0.11';
    throw unsupported('a context in OCI image layout', engine, since);
  }
  if (digest === undefined) {
    throw new StagecraftError(
      'context-missing',
      `The named context "${name}" finds no image "${tag}" in "${layout}".`,
      { hint: 'Name a directory in OCI image layout, and a tag that its index.json has.' },
    );
  }
  return `oci-layout://${layoutId(layout)}@${digest}`;
}

function served(label: string, context: ContextSource): ServedDirectory {
  return {
    label,
    entries: () => context.entries(),
    ...(context.entry && { entry: (path: string) => context.entry?.(path) }),
    // A plan that is still being made learns it later.
    get totalBytes() {
      return context.totals?.bytes;
    },
  };
}

function isRemote(context: BuildRequest['namedContexts'][string]): context is RemoteContext {
  return 'url' in context;
}
