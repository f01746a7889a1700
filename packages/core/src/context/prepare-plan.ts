import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { ContextRead } from '../build/context-read.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { throwIfAborted } from './breathe.ts';
import { errorCode } from './context-errors.ts';
import type { LineSet } from './ignore/ignore-rules.ts';
import { type IgnoreRules, linesOf, readIgnore } from './ignore/read-ignore.ts';
import type { MtimePolicy } from './mtime-policy.ts';
import type { PlanContextOptions } from './plan.ts';

/** What a plan starts from; known before anything below the directory is looked at. */
export interface PreparedPlan {
  /** The real path of the directory. */
  readonly directory: string | undefined;
  readonly ignore: LineSet;
  readonly reads: readonly ContextRead[];
  readonly mtime: MtimePolicy;
  readonly identity: string;
}

export function preparePlan(options: PlanContextOptions): PreparedPlan {
  throwIfAborted(options.signal);
  const directory = options.directory === undefined ? undefined : realDirectory(options.directory);
  const ignore = linesOf(ignoreRules(options, directory));
  const reads = wantedReads(options);
  const identity = identityOf(options, directory, reads, ignore);
  return { directory, ignore, reads, mtime: mtimePolicy(options), identity };
}

function realDirectory(directory: string): string {
  try {
    const real = realpathSync(directory);
    if (statSync(real).isDirectory()) return real;
  } catch (cause) {
    throw missingDirectory(directory, cause);
  }
  throw new StagecraftError('context-missing', `"${directory}" is not a directory.`, {
    hint: 'Give the path of the directory that COPY reads from.',
  });
}

export function missingDirectory(directory: string, cause: unknown): StagecraftError {
  const missing = errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR';
  return missing
    ? new StagecraftError('context-missing', `The context directory "${directory}" does not exist.`, {
        hint: 'Give the path of a directory, relative to the working directory.',
        cause,
      })
    : new StagecraftError('context-unreadable', `The context directory "${directory}" cannot be read.`, {
        hint: 'Make it readable for this user.',
        cause,
      });
}

function ignoreRules(options: PlanContextOptions, directory: string | undefined): IgnoreRules {
  const { ignore, dockerfile } = options;
  if (ignore === false) return readIgnore('');
  if (typeof ignore === 'string') return readIgnore(ignore);
  if (ignore !== undefined) return ignore;
  if (directory === undefined) return readIgnore('');
  return readIgnore({ directory, ...(dockerfile === undefined ? {} : { dockerfile }) });
}

function wantedReads(options: PlanContextOptions): readonly ContextRead[] {
  if (options.reads === undefined) return [{ source: '.', kind: 'copy', whole: true }];
  return options.reads.filter((read) => read.context === options.context);
}

function mtimePolicy(options: PlanContextOptions): MtimePolicy {
  const { sourceDateEpoch } = options;
  if (sourceDateEpoch === undefined) return {};
  if (Number.isSafeInteger(sourceDateEpoch) && sourceDateEpoch >= 0) return { sourceDateEpoch };
  throw new StagecraftError('invalid-options', `"${sourceDateEpoch}" is no SOURCE_DATE_EPOCH.`, {
    hint: 'Give whole seconds since 1970.',
  });
}

function identityOf(
  options: PlanContextOptions,
  directory: string | undefined,
  reads: readonly ContextRead[],
  ignore: LineSet,
): string {
  const parts = [
    hostname(),
    userInfo().uid,
    directory ?? Object.keys(options.files ?? {}).sort(),
    options.context ?? '',
    reads.map(({ source, exclude, parents, whole }) => [
      source,
      exclude ?? [],
      parents === true,
      whole === true,
    ]),
    ignore.lines.map((line) => line.text),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
