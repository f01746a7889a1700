import type { InlineFile, TransferFields } from '../ast/copy.ts';
import type { Word } from '../ast/word.ts';
import type { EvaluatedCopy, EvaluatedFile } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { parseMode, parseOwner } from './ownership.ts';
import { cleanPath, joinPath, keepPathEnd, resolvePath } from './paths.ts';
import { osOf, type StageState } from './stage-state.ts';

/** What COPY and ADD have in common once their words have values. */
export interface Transfer {
  readonly sources: readonly string[];
  readonly files: readonly ExpandedFile[];
  readonly dest: string;
  /** Owner, mode and exclusions, the same for every source. */
  readonly attributes: Pick<EvaluatedCopy, 'owner' | 'mode' | 'modeStr' | 'exclude'>;
}

export interface ExpandedFile {
  readonly name: string;
  readonly data: string;
}

/** Expands the words in the order BuildKit does. */
export function expandTransfer(node: TransferFields, context: InstructionContext): Transfer {
  const { expand, state } = context;
  const chown = expandOptional(node.chown, expand);
  const chmod = expandOptional(node.chmod, expand);
  const sources = node.sources.map((word) => expand(word));
  const dest = destination(expand(node.dest), state);
  const files = (node.files ?? []).map((file, index) => expandFile(file, index, expand));
  return { sources, files, dest, attributes: attributesOf(node, chown, chmod) };
}

function expandOptional(word: Word | undefined, expand: InstructionContext['expand']): string {
  return word === undefined ? '' : expand(word);
}

function expandFile(file: InlineFile, index: number, expand: InstructionContext['expand']): ExpandedFile {
  return {
    name: file.name ?? `file${index}`,
    data: expand(file.data, { heredocBody: true }),
  };
}

function attributesOf(node: TransferFields, chown: string, chmod: string): Transfer['attributes'] {
  return {
    ...(chown === '' ? {} : { owner: parseOwner(chown) }),
    ...(chmod === '' ? {} : parseMode(chmod)),
    ...(node.exclude === undefined || node.exclude.length === 0 ? {} : { exclude: node.exclude }),
  };
}

function destination(path: string, state: StageState): string {
  const wanted = path === '.' || path === '' ? './' : path;
  const resolved = resolvePath(state.workdir, wanted, osOf(state), true);
  return keepPathEnd(resolved, cleanPath(resolved));
}

/** A source as it is copied: below the root, nothing above it reachable. */
export function contextPath(path: string, state: StageState): string {
  return joinPath('/', resolvePath('/', path, osOf(state)));
}

/** Adds the step to the stage, and its copies to the facts unless the same step was there before. */
export function addTransfer(
  context: InstructionContext,
  from: unknown,
  copies: readonly EvaluatedCopy[],
  { files, dest, attributes }: Transfer,
): void {
  const { evaluation, state } = context;
  const inline = files.map(
    ({ name, data }) => ({ action: 'file', path: `/${name}`, mode: '0644', data }) as const,
  );
  for (const file of inline) if (evaluation.vertices.add('file', file).isNew) evaluation.files.push(file);
  const actions: readonly EvaluatedFile[] = [
    ...copies,
    ...inline.map(({ path }) => ({ action: 'copy', src: path, dest, ...attributes }) as const),
  ];
  const step = evaluation.vertices.add('copy', state.vertex, from, actions, inline);
  if (step.isNew) evaluation.files.push(...actions);
  state.vertex = step.vertex;
}
