import * as z from 'zod/mini';
import type { ArgDeclaration, Expansion, RawWord, VariableReference, Word } from '../ast/word.ts';

const operators = [':-', '-', ':+', '+', ':?', '?', '#', '##', '%', '%%', '/', '//'] as const;

/** Text, text with variables, or a word as a Dockerfile writes it. */
export const wordSchema: z.ZodMiniType<Word> = z.lazy(() =>
  z.union([z.string(), expansionSchema, rawWordSchema]),
);

const rawWordSchema: z.ZodMiniType<RawWord> = z.strictObject({
  kind: z.literal('RawWord'),
  text: z.string(),
  escape: z.enum(['\\', '`']),
});

const variableSchema: z.ZodMiniType<VariableReference> = z.lazy(() =>
  z.strictObject({
    kind: z.literal('Variable'),
    name: z.string(),
    operator: z.exactOptional(z.enum(operators)),
    operand: z.exactOptional(wordSchema),
    replacement: z.exactOptional(wordSchema),
    declaration: z.exactOptional(argDeclarationSchema),
  }),
);

export const expansionSchema: z.ZodMiniType<Expansion> = z.strictObject({
  kind: z.literal('Expansion'),
  parts: z.readonly(z.array(z.union([z.string(), variableSchema]))),
});

export const argDeclarationSchema: z.ZodMiniType<ArgDeclaration> = z.lazy(() =>
  z.strictObject({
    name: z.string(),
    default: z.exactOptional(wordSchema),
    global: z.exactOptional(z.literal(true)),
  }),
);
