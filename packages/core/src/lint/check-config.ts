import type { DockerfileNode } from '../ast/dockerfile.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { LintedNode } from './finding.ts';

/** Names of rules, or all there are. */
export type RuleNames = ReadonlySet<string> | 'all';

/** What a check directive or comment says. */
export interface CheckConfig {
  readonly skip: RuleNames;
  readonly experimental: RuleNames;
  /** Every finding makes the build fail. */
  readonly error: boolean;
}

const none: ReadonlySet<string> = new Set();
const nothing: CheckConfig = { skip: none, experimental: none, error: false };
const checkComment = /^check=(.*)$/isu;

export function hasName(names: RuleNames, name: string): boolean {
  return names === 'all' || names.has(name);
}

/**
 * The configuration of a file: the build argument `BUILDKIT_DOCKERFILE_CHECK`, or else the check directive.
 *
 * Throws `lint-findings` for an unknown option.
 * @see https://docs.docker.com/reference/dockerfile/#check
 */
export function fileConfig(
  { directives }: DockerfileNode,
  buildArgs: Readonly<Record<string, string>>,
): CheckConfig {
  const argument = Object.hasOwn(buildArgs, 'BUILDKIT_DOCKERFILE_CHECK')
    ? buildArgs['BUILDKIT_DOCKERFILE_CHECK']
    : undefined;
  return parse(argument ?? directives.find(({ name }) => name === 'check')?.value ?? '');
}

/** The text behind `check=` of the last such comment above an instruction. */
export function checkCommentOf({ source, comments = [] }: LintedNode): string | undefined {
  const own = source?.comments ?? comments;
  return own.map((comment) => checkComment.exec(comment)?.[1]).findLast((text) => text !== undefined);
}

/** What the comments above an instruction add for it; a comment that can't be read adds nothing. */
export function commentConfig(node: LintedNode): CheckConfig {
  const text = checkCommentOf(node);
  if (text === undefined) return nothing;
  try {
    return parse(text);
  } catch {
    return nothing;
  }
}

function parse(text: string): CheckConfig {
  const [value = ''] = text.split(' ', 1);
  if (value === '') return nothing;
  return Object.assign({}, nothing, ...splitParts(value).map(readPart));
}

/** At most three parts; the third keeps what follows. */
function splitParts(text: string): readonly string[] {
  const [first = '', second, ...rest] = text.split(';');
  return [first, ...(second === undefined ? [] : [second]), ...(rest.length === 0 ? [] : [rest.join(';')])];
}

function readPart(part: string): Partial<CheckConfig> {
  const equals = part.indexOf('=');
  const key = equals < 0 ? part : part.slice(0, equals);
  const value = part.slice(key.length + 1);
  if (equals >= 0 && (key === 'skip' || key === 'experimental')) return { [key]: readNames(value) };
  if (equals >= 0 && key === 'error') return { error: readBoolean(value) };
  throw new StagecraftError('lint-findings', `The check option "${key}" is not valid.`, {
    hint: 'Use "skip", "experimental" or "error".',
  });
}

function readNames(text: string): RuleNames {
  return text === 'all' ? 'all' : new Set(text.split(',').map((name) => name.trim()));
}

function readBoolean(text: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/u.test(text)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/u.test(text)) return false;
  throw new StagecraftError('lint-findings', `The check option "error" is "${text}".`, {
    hint: 'Write "error=true" or "error=false".',
  });
}
