import * as z from 'zod/mini';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { fromSchema, instructionSchema } from './instruction-schema.ts';

/** A stage in a document: a stage it reads from is named by its index in the list. */
export interface StageDocument {
  readonly kind: 'Stage';
  readonly from: Serialized<FromNode>;
  readonly instructions: readonly Serialized<InstructionNode>[];
}

/** A node whose stage references are indexes: plain JSON. */
export type Serialized<T> = T extends { readonly kind: 'stage' }
  ? { readonly kind: 'stage'; readonly stage: number }
  : T extends readonly (infer Item)[]
    ? readonly Serialized<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Serialized<T[K]> }
      : T;

/** A stage graph as JSON. `target` is the index of the stage that is built; stages stand before those that read them. */
export interface GraphDocument {
  readonly schemaVersion: 1;
  readonly target: number;
  readonly stages: readonly StageDocument[];
}

/** The zod schema of a {@link GraphDocument}. The JSON Schema made from it is `schema/stagecraft.schema.json` of the package. */
export const schema: z.ZodMiniType<GraphDocument> = z.strictObject({
  schemaVersion: z.literal(1),
  target: z.int().check(z.nonnegative()),
  stages: z.array(
    z.strictObject({ kind: z.literal('Stage'), from: fromSchema, instructions: z.array(instructionSchema) }),
  ),
}) as unknown as z.ZodMiniType<GraphDocument>;
