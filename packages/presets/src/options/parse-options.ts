import { StagecraftError } from '@stagecraft/core';
import type * as z from 'zod';

/** The options of a preset with their defaults filled in; throws `invalid-options` that says which option and what to do. */
export function parseOptions<Schema extends z.ZodObject>(
  preset: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === '' ? issue.message : `"${path}": ${issue.message}`;
  });
  throw new StagecraftError(
    'invalid-options',
    `The options of ${preset}() are not valid: ${lines.join('; ')}.`,
    {
      hint: `It takes ${Object.keys(schema.shape).sort().join(', ')}, and objects for files and runtime.`,
    },
  );
}
