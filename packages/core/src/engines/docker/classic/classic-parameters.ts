import type { BuildEngineOptions, BuildRequest } from '../../../build/request.ts';
import { StagecraftError, throwProblems } from '../../../errors/stagecraft-error.ts';

/** The query of `POST /build`. */
export type BuildParameters = Readonly<Record<string, unknown>>;

/** Options of the build as the classic builder takes them. Call {@link refuseUnsupported} first. */
export function classicParameters(options: BuildEngineOptions, dockerfile: string): BuildParameters {
  return {
    dockerfile,
    // Both are needed: `rm` removes containers of steps that worked, `forcerm` those of the step that failed.
    rm: true,
    forcerm: true,
    ...(options.tags.length > 0 && { t: options.tags }),
    ...(options.target !== undefined && { target: options.target }),
    ...jsonUnlessEmpty('buildargs', options.buildArgs),
    ...jsonUnlessEmpty('labels', options.labels),
    ...(options.platforms[0] !== undefined && { platform: options.platforms[0] }),
    ...(options.noCache === true && { nocache: true }),
    ...(options.pull && { pull: true }),
    ...(options.network !== undefined && options.network !== 'default' && { networkmode: options.network }),
    ...(options.shmSizeBytes !== undefined && { shmsize: options.shmSizeBytes }),
    ...(options.extraHosts && {
      extrahosts: Object.entries(options.extraHosts).map(([host, address]) => `${host}:${address}`),
    }),
    ...(options.ulimits && { ulimits: JSON.stringify(ulimitList(options.ulimits)) }),
    ...(options.cacheFrom && { cachefrom: JSON.stringify(cacheReferences(options)) }),
  };
}

function jsonUnlessEmpty(name: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.keys(values).length === 0 ? {} : { [name]: JSON.stringify(values) };
}

function ulimitList(ulimits: NonNullable<BuildEngineOptions['ulimits']>): readonly object[] {
  return Object.entries(ulimits).map(([name, { soft, hard }]) => ({ Name: name, Soft: soft, Hard: hard }));
}

function cacheReferences(options: BuildEngineOptions): readonly string[] {
  return (options.cacheFrom ?? []).flatMap((source) =>
    source.type === 'registry' ? [source.reference] : [],
  );
}

interface Unsupported {
  readonly feature: string;
  readonly asked: boolean;
  readonly remedy?: string;
}

/** Throws `unsupported-feature` for each option that only BuildKit has; several are reported together. */
export function refuseUnsupported(request: BuildRequest): void {
  const { options } = request;
  const outputs = options.outputs ?? [];
  const unsupported: readonly Unsupported[] = [
    { feature: 'a build secret', asked: options.secrets.length > 0 },
    { feature: 'an ssh mount', asked: (options.ssh ?? []).length > 0 },
    { feature: 'a named context', asked: Object.keys(request.namedContexts).length > 0 },
    { feature: 'a context that the engine fetches', asked: 'url' in request.context },
    { feature: 'several platforms at once', asked: options.platforms.length > 1 },
    {
      feature: 'leaving out the cache for single stages',
      asked: typeof options.noCache !== 'boolean',
      remedy: 'Use "noCache: true".',
    },
    { feature: 'cache export', asked: (options.cacheTo ?? []).length > 0 },
    {
      feature: 'a cache that is no image',
      asked: (options.cacheFrom ?? []).some(({ type }) => type !== 'registry'),
    },
    { feature: 'attestations', asked: options.attestations !== undefined },
    { feature: '"sourceDateEpoch"', asked: options.sourceDateEpoch !== undefined },
    { feature: '"rewriteTimestamps"', asked: options.rewriteTimestamps === true },
    { feature: 'entitlements', asked: (options.entitlements ?? []).length > 0 },
    {
      feature: 'an output other than "load" and "push"',
      asked: outputs.some(({ type }) => type !== 'load' && type !== 'push'),
    },
    {
      feature: 'choosing how layers are encoded',
      asked: outputs.some((output) => Object.keys(output).some((key) => key !== 'type')),
    },
  ];
  throwProblems(unsupported.filter(({ asked }) => asked).map(refusal));
}

function refusal({ feature, remedy }: Unsupported): StagecraftError {
  return new StagecraftError('unsupported-feature', `The classic builder doesn't have ${feature}.`, {
    hint: `${remedy ?? 'Leave it out'}${remedy ? ' Or use' : ', or use'} an engine with BuildKit: Docker 18.09 and later, or buildkitd.`,
  });
}
