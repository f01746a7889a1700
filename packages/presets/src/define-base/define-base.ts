import { mapImages, type ShellCapability, type Stage, StagecraftError } from '@stagecraft/core';
import * as z from 'zod';
import { caCertificates } from '../mixins/ca-certificates.ts';
import { parseOptions } from '../options/parse-options.ts';

export interface BaseOptions {
  /** Labels every image of the company has. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Environment every image has. */
  readonly env?: Readonly<Record<string, string>>;
  /** PEM files of certificate authorities, in the build context. */
  readonly caFiles?: readonly string[];
  /** `uid` or `uid:gid` that every image runs as. */
  readonly user?: string;
  /** A registry that every image is taken from, such as `registry.example.com/mirror`. */
  readonly registryMirror?: string;
}

const schema = z.strictObject({
  labels: z.record(z.string(), z.string()).default({}),
  env: z.record(z.string(), z.string()).default({}),
  caFiles: z.array(z.string().min(1)).default([]),
  user: z
    .string()
    .regex(/^\d+(?::\d+)?$/u, 'use numbers, such as "65532:65532"')
    .optional(),
  registryMirror: z
    .string()
    .regex(/^[\w.-]+(?::\d+)?(?:\/[\w./-]+)?$/u, 'write a registry, such as "registry.example.com/mirror"')
    .optional(),
});

/**
 * What all images of a company have in common, as one function to apply to any final stage, also a preset's.
 *
 * Throws `invalid-options`.
 * @example
 * const acme = defineBase({ labels: { team: 'shop' }, registryMirror: 'registry.example.com' });
 * export default go().final.with(acme);
 */
export function defineBase(options: BaseOptions): <C extends ShellCapability>(stage: Stage<C>) => Stage<C> {
  const { labels, env, caFiles, user, registryMirror } = parseOptions('defineBase', schema, options);
  return (stage) => {
    let result = stage;
    if (caFiles.length > 0) result = result.with(caCertificates({ files: caFiles }));
    if (Object.keys(env).length > 0) result = result.env(env);
    if (Object.keys(labels).length > 0) result = result.label(labels);
    if (user !== undefined) result = result.user(user);
    return registryMirror === undefined
      ? result
      : mapImages(result, (name) => mirrored(name, registryMirror));
  };
}

/** Docker Hub's images lose their registry, others keep it as part of the path. */
function mirrored(reference: string, mirror: string): string {
  if (reference.startsWith(`${mirror}/`)) return reference;
  if (reference === '') {
    throw new StagecraftError(
      'invalid-value',
      'An image begins with a variable: its registry is not known.',
      {
        hint: 'Write the name of the image, and use the variable for its tag.',
      },
    );
  }
  const [first = '', ...rest] = reference.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/u.test(first) || first === 'localhost');
  const name = first === 'docker.io' ? rest.join('/') : reference;
  return hasRegistry || name.includes('/') ? `${mirror}/${name}` : `${mirror}/library/${name}`;
}
