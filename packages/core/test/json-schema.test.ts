import { expect, test } from 'vitest';
import * as z from 'zod';
import { final, schema, toJSON } from '../src/index.ts';

// Written again by `pnpm unit packages/core/test/json-schema -u`.
test('the JSON Schema in the package is the one of the zod schema', async () => {
  const document = z.toJSONSchema(schema, { io: 'input' });
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(
    '../schema/stagecraft.schema.json',
  );
  expect(document).toMatchObject({ type: 'object', required: ['schemaVersion', 'target', 'stages'] });
  expect(z.safeParse(schema, toJSON(final().from('alpine'))).success).toBe(true);
});
