import { parseXml, type XmlElement } from '@rgrove/parse-xml';
import { StagecraftError } from '@stagecraft/core';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type * as z from 'zod';
import type { ProjectFiles } from '../project/project-files.ts';

const parsers = {
  json: (text: string): unknown => JSON.parse(text),
  toml: (text: string): unknown => parseToml(text),
  yaml: (text: string): unknown => parseYaml(text),
} as const;

/** A manifest as data of the schema's shape; undefined when there is none, `project-unsupported` when it can't be read. */
export function readManifest<Schema extends z.ZodType>(
  files: ProjectFiles,
  path: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const text = files.read(path);
  if (text === undefined) return undefined;
  const format = /\.ya?ml$/u.test(path) ? 'yaml' : /\.toml$/u.test(path) ? 'toml' : 'json';
  return guard(path, () => schema.parse(parsers[format](text) ?? {}));
}

/** The root element of an XML manifest; undefined when there is no such file. */
export function readXml(files: ProjectFiles, path: string): XmlElement | undefined {
  const text = files.read(path);
  return text === undefined
    ? undefined
    : (guard(path, () => parseXml(text.replace(/^\uFEFF/u, ''))).root ?? undefined);
}

function guard<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new StagecraftError('project-unsupported', `"${path}" can't be read as a manifest.`, {
      hint: cause instanceof Error ? `${cause.message.split('\n')[0]}.` : 'Check its syntax.',
      cause,
    });
  }
}
