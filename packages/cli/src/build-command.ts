import { writeFileSync } from 'node:fs';
import type { StageSource } from '@stagecraft/core';
import { StagecraftError } from '@stagecraft/core';
import { type BuildOutput, type BuildResult, build } from '@stagecraft/core/build';
import { connect } from '@stagecraft/core/engines';
import { createPlainProgress } from './plain-progress.ts';

export interface BuildCommandOptions {
  readonly context: string;
  readonly tag: readonly string[];
  readonly buildArg: readonly string[];
  readonly secret: readonly string[];
  readonly platform: readonly string[];
  readonly engine?: string;
  readonly network?: 'default' | 'none' | 'host';
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly progress: 'plain' | 'json' | 'quiet';
  readonly push?: boolean;
  readonly load?: boolean;
  readonly iidfile?: string;
  readonly metadataFile?: string;
  /** One document with the result on stdout, in place of the id. */
  readonly json?: boolean;
}

/** Builds on an engine; Ctrl-C stops the engine's work. Gives back what to print on stdout. */
export async function runBuild(image: StageSource, options: BuildCommandOptions): Promise<string> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  const outputs = outputsOf(options);
  const plain = createPlainProgress((line) => process.stderr.write(`${line}\n`));
  try {
    const result = await build(image, {
      context: options.context,
      tags: options.tag,
      buildArgs: Object.fromEntries(options.buildArg.flatMap(toPairs)),
      secrets: Object.fromEntries(options.secret.map(toSecret)),
      platforms: options.platform,
      noCache: options.noCache ?? false,
      pull: options.pull ?? false,
      ...(outputs.length === 0 ? {} : { outputs }),
      ...(options.network === undefined ? {} : { network: options.network }),
      ...(options.engine === undefined ? {} : { engine: await connect(options.engine) }),
      signal: abort.signal,
      onEvent: (event) => {
        if (options.progress === 'plain') plain(event);
        else if (options.progress === 'json' && options.json !== true)
          process.stdout.write(`${JSON.stringify(event)}\n`);
      },
    });
    writeResult(result, options);
    if (options.json === true) return `${JSON.stringify({ schemaVersion: 1, ...result })}\n`;
    return options.progress === 'json' ? '' : `${result.imageId ?? result.digest ?? ''}\n`;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

function outputsOf({ push, load }: BuildCommandOptions): readonly BuildOutput[] {
  return [
    ...(push === true ? [{ type: 'push' as const }] : []),
    ...(load === true ? [{ type: 'load' as const }] : []),
  ];
}

function writeResult(result: BuildResult, { iidfile, metadataFile }: BuildCommandOptions): void {
  if (iidfile !== undefined) writeFileSync(iidfile, result.imageId ?? result.digest ?? '');
  if (metadataFile !== undefined)
    writeFileSync(metadataFile, `${JSON.stringify(result.metadata, undefined, 2)}\n`);
}

/** `NAME=value`, or `NAME` for the value of the environment; like docker build, an unset `NAME` passes nothing. */
function toPairs(text: string): readonly (readonly [string, string])[] {
  const [, name = text, value = process.env[name]] = /^([^=]+)=(.*)$/su.exec(text) ?? [];
  if (name === '' || name.startsWith('=')) {
    throw new StagecraftError('invalid-options', `"${text}" is no build argument.`, {
      hint: 'Write --build-arg NAME=value, or --build-arg NAME to take it from the environment.',
    });
  }
  return value === undefined ? [] : [[name, value]];
}

/** `id=npmrc,src=.npmrc` or `id=token,env=TOKEN`. */
function toSecret(text: string): readonly [string, { readonly file: string } | { readonly env: string }] {
  const fields = new Map(
    text.split(',').map((field) => [field.split('=')[0], field.slice(field.indexOf('=') + 1)]),
  );
  const id = fields.get('id');
  const file = fields.get('src') ?? fields.get('source');
  const env = fields.get('env') ?? id;
  if (id === undefined || env === undefined) {
    throw new StagecraftError('invalid-options', `"${text}" is no secret.`, {
      hint: 'Write --secret id=name,src=file or id=name,env=VARIABLE.',
    });
  }
  return [id, file === undefined ? { env } : { file }];
}
