import * as z from 'zod/mini';
import { StagecraftError, throwProblems } from '../errors/stagecraft-error.ts';
import { didYouMean } from '../util/suggest.ts';
import type { BuildOptions } from './build-options.ts';

const text = z.string().check(z.minLength(1));
/** The name of an image: a comma would begin another attribute. */
const reference = z.string().check(z.regex(/^[^\s,"]+$/u, 'must be the name of an image'));
const strings = z.record(z.string(), z.string());
const milliseconds = z.optional(z.number().check(z.positive()));
const content = z.union([z.string(), z.instanceof(Uint8Array)]);
const files = z.record(text, z.union([content, z.strictObject({ content, mode: z.optional(z.int()) })]));
const ignore = z.union([z.string(), z.literal(false)]);
const callable = z.custom((value) => typeof value === 'function', 'must be a function');
const withMethod = (...names: readonly string[]): z.ZodMiniType =>
  z.custom(
    (value) => typeof value === 'object' && value !== null && names.every((name) => name in value),
    `must be an object with ${names.join(' and ')}`,
  );

const context = z.union(
  [
    text,
    z.strictObject({ url: text }),
    z.strictObject({ directory: z.optional(text), files: z.optional(files), ignore: z.optional(ignore) }),
    withMethod('pack', 'entries'),
  ],
  'must be a path, { url }, { directory, files } or a plan',
);
const layout = z.strictObject({
  layout: text,
  tag: z.optional(text),
  digest: z.optional(z.string().check(z.regex(/^sha256:[a-f\d]{64}$/u, 'must be "sha256:" and 64 digits'))),
});
const secret = z.union(
  [
    z.strictObject({ file: text }),
    z.strictObject({ env: text }),
    z.strictObject({ value: content }),
    callable,
  ],
  'must be { file }, { env }, { value } or a function',
);

const shape: { readonly [K in keyof Required<BuildOptions>]: z.ZodMiniType } = {
  context: z.optional(context),
  files: z.optional(files),
  ignore: z.optional(ignore),
  contexts: z.optional(z.record(text, z.union([context, z.strictObject({ image: text }), layout]))),
  secrets: z.optional(z.record(text, secret)),
  engine: z.optional(z.union([z.string(), withMethod('build')], 'must be an engine or an address')),
  profile: z.optional(z.enum(['modern', 'buildkit', 'classic'])),
  onEvent: z.optional(callable),
  signal: z.optional(withMethod('aborted', 'addEventListener')),
  tags: z.optional(z.array(text)),
  target: z.optional(text),
  buildArgs: z.optional(strings),
  labels: z.optional(strings),
  platforms: z.optional(z.array(text)),
  noCache: z.optional(z.union([z.boolean(), z.array(text)], 'must be true, false or names of stages')),
  pull: z.optional(z.boolean()),
  network: z.optional(z.enum(['default', 'none', 'host'])),
  ssh: z.optional(
    z.array(z.strictObject({ id: text, agentSocket: z.optional(text), keyFiles: z.optional(z.array(text)) })),
  ),
  credentials: z.optional(withMethod('find')),
  outputs: z.optional(z.array(withMethod('type'))),
  cacheFrom: z.optional(z.array(withMethod('type'))),
  cacheTo: z.optional(z.array(withMethod('type'))),
  attestations: z.optional(
    z.strictObject({
      sbom: z.optional(z.union([z.boolean(), z.strictObject({ generator: reference })])),
      provenance: z.optional(z.union([z.literal(false), z.enum(['min', 'max'])])),
    }),
  ),
  sourceDateEpoch: z.optional(z.int().check(z.nonnegative())),
  rewriteTimestamps: z.optional(z.boolean()),
  entitlements: z.optional(z.array(z.enum(['network.host', 'security.insecure']))),
  extraHosts: z.optional(strings),
  ulimits: z.optional(z.record(text, z.strictObject({ soft: z.int(), hard: z.int() }))),
  shmSizeBytes: z.optional(z.int().check(z.positive())),
  deadlines: z.optional(
    z.strictObject({
      idleTimeoutMs: milliseconds,
      connectTimeoutMs: milliseconds,
      secretTimeoutMs: milliseconds,
    }),
  ),
};
const schema = z.strictObject(shape);

/** Throws `invalid-options` for what a JavaScript caller may get wrong; several problems are reported together. */
export function checkBuildOptions(options: unknown): void {
  const { error } = schema.safeParse(options);
  if (error !== undefined) throwProblems(error.issues.flatMap(toProblems));
}

function toProblems(issue: z.core.$ZodIssue): readonly StagecraftError[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownOption(path, key));
  const reason = issue.message.replace(/\.$/u, '');
  const subject = path === '' ? 'The build options are wrong' : `The build option "${path}" is wrong`;
  return [new StagecraftError('invalid-options', `${subject}: ${reason}.`)];
}

function unknownOption(path: string, key: string): StagecraftError {
  const name = path === '' ? key : `${path}.${key}`;
  return new StagecraftError('invalid-options', `There is no build option "${name}".`, {
    hint: path === '' ? didYouMean(key, Object.keys(shape)) : undefined,
  });
}
