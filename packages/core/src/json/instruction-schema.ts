import * as z from 'zod/mini';
import type { InstructionNode } from '../ast/index.ts';
import { argDeclarationSchema, expansionSchema, wordSchema } from './word-schema.ts';

const optional = z.exactOptional;
const list = <T extends z.ZodMiniType>(item: T): z.ZodMiniReadonly<z.ZodMiniArray<T>> =>
  z.readonly(z.array(item));
const words = list(wordSchema);
const strings = list(z.string());

/** What any instruction may carry. */
const base = {
  comments: optional(strings),
  allow: optional(list(z.strictObject({ rule: z.string(), reason: z.string() }))),
};

/** Another stage by its place in the list, or something outside the graph. */
const originSchema: z.ZodMiniType = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stage'), stage: z.int().check(z.nonnegative()) }),
  z.strictObject({ kind: z.literal('name'), name: z.string() }),
  z.strictObject({ kind: z.literal('image'), image: wordSchema }),
  z.strictObject({ kind: z.literal('context'), name: z.string() }),
]);

const shellText = z.union([z.string(), expansionSchema]);

const heredoc = z.strictObject({
  name: z.string(),
  content: z.string(),
  expand: z.boolean(),
  chomp: z.boolean(),
  fileDescriptor: optional(z.number()),
});

const command = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('shell'), commands: list(shellText), heredocs: optional(list(heredoc)) }),
  z.strictObject({ form: z.literal('exec'), argv: strings }),
  z.strictObject({ form: z.literal('script'), body: shellText, delimiter: optional(z.string()) }),
]);

const mount = z.union([
  z.strictObject({ type: z.literal('raw'), text: z.string() }),
  z.strictObject({
    type: z.enum(['bind', 'cache', 'tmpfs', 'secret', 'ssh']),
    target: optional(wordSchema),
    source: optional(wordSchema),
    from: optional(originSchema),
    id: optional(wordSchema),
    readOnly: optional(z.boolean()),
    sharing: optional(z.enum(['shared', 'private', 'locked'])),
    size: optional(wordSchema),
    mode: optional(wordSchema),
    uid: optional(wordSchema),
    gid: optional(wordSchema),
    required: optional(z.boolean()),
    env: optional(wordSchema),
  }),
]);

const transfer = {
  ...base,
  sources: words,
  files: optional(list(z.strictObject({ name: optional(z.string()), data: wordSchema }))),
  dest: wordSchema,
  chown: optional(wordSchema),
  chmod: optional(wordSchema),
  link: optional(z.boolean()),
  exclude: optional(strings),
};

const pairs = {
  ...base,
  pairs: list(z.readonly(z.tuple([wordSchema, wordSchema]))),
  legacy: optional(z.boolean()),
};

/** `FROM` of a stage. */
export const fromSchema: z.ZodMiniType = z.strictObject({
  kind: z.literal('From'),
  ...base,
  base: originSchema,
  platform: optional(wordSchema),
  name: optional(z.string()),
});

/** One instruction, with stage references by index. */
export const instructionSchema: z.ZodMiniType<InstructionNode> = z.lazy(
  () => instructions,
) as z.ZodMiniType<InstructionNode>;

const instructions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('Add'),
    ...transfer,
    checksum: optional(wordSchema),
    keepGitDir: optional(z.boolean()),
    unpack: optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('Arg'), ...base, args: list(argDeclarationSchema) }),
  z.strictObject({ kind: z.literal('Cmd'), ...base, command }),
  z.strictObject({
    kind: z.literal('Copy'),
    ...transfer,
    from: optional(originSchema),
    parents: optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('Entrypoint'), ...base, command }),
  z.strictObject({ kind: z.literal('Env'), ...pairs }),
  z.strictObject({ kind: z.literal('Expose'), ...base, ports: words }),
  z.strictObject({
    kind: z.literal('HealthCheck'),
    ...base,
    command: optional(command),
    interval: optional(z.string()),
    timeout: optional(z.string()),
    startPeriod: optional(z.string()),
    startInterval: optional(z.string()),
    retries: optional(z.number()),
  }),
  z.strictObject({ kind: z.literal('Label'), ...pairs }),
  z.strictObject({ kind: z.literal('Maintainer'), ...base, name: z.string() }),
  z.strictObject({ kind: z.literal('OnBuild'), ...base, trigger: instructionSchema }),
  z.strictObject({ kind: z.literal('Raw'), ...base, text: z.string() }),
  z.strictObject({
    kind: z.literal('Run'),
    ...base,
    command,
    mounts: optional(list(mount)),
    network: optional(z.enum(['default', 'none', 'host'])),
    security: optional(z.enum(['sandbox', 'insecure'])),
    devices: optional(list(z.strictObject({ name: z.string(), required: optional(z.boolean()) }))),
  }),
  z.strictObject({ kind: z.literal('Shell'), ...base, argv: strings }),
  z.strictObject({ kind: z.literal('StopSignal'), ...base, signal: wordSchema }),
  z.strictObject({ kind: z.literal('User'), ...base, user: wordSchema }),
  z.strictObject({ kind: z.literal('Volume'), ...base, paths: words }),
  z.strictObject({ kind: z.literal('Workdir'), ...base, path: wordSchema }),
]);
