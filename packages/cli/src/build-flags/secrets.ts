import type { SecretInput } from '@stagecraft/core/build';
import { badFlag, type FlagSyntax, readFields } from './fields.ts';

const syntax: FlagSyntax = {
  flag: 'secret',
  usage: '--secret id=name,src=file or --secret id=name,env=VARIABLE',
  names: ['id', 'src', 'source', 'env', 'type'],
};

/** `id=npmrc,src=.npmrc` or `id=token,env=TOKEN`; without either, the variable named like the id. */
export function toSecret(text: string): readonly [string, SecretInput] {
  const { values } = readFields(text, syntax);
  const id = values.get('id');
  if (id === undefined || id === '') throw badFlag(text, syntax);
  const file = values.get('src') ?? values.get('source');
  return [id, file === undefined ? { env: values.get('env') ?? id } : { file }];
}
