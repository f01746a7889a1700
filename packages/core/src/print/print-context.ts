import type { Profile } from '../ast/profile.ts';
import type { EscapeToken } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { Location } from '../source/location.ts';
import { whereOf } from '../source/where.ts';

/** What the printers of one file share. The fields that may be written follow the instruction at hand. */
export interface PrintContext {
  readonly escape: EscapeToken;
  readonly profile: Profile;
  /** Lines longer than this are broken where the instruction allows it. */
  readonly lineWidth: number;
  readonly problems: StagecraftError[];
  /** The instruction at hand: where problems are placed. */
  node: object & { readonly source?: { readonly location: Location } };
  /** Names of all stages, in lower case, and of those before the one at hand. */
  readonly stageNames: ReadonlySet<string>;
  readonly earlierStages: Set<string>;
  /** What runs shell-form text here: the last SHELL, or the platform's. */
  shell: readonly string[];
  /** The same for ONBUILD triggers, which run after the whole stage. */
  triggerShell: readonly string[];
}

/** Notes that the instruction at hand can't be written; printing goes on to find the other problems. */
export function refuse(context: PrintContext, message: string, hint: string): string {
  context.problems.push(
    new StagecraftError('invalid-value', message, { hint, where: whereOf(context.node) }),
  );
  return '';
}

/** A value for a message: in double quotes, on one line, shortened. */
export function quoteValue(value: string): string {
  const short = value.length > 60 ? `${value.slice(0, 57)}...` : value;
  const visible = short.replace(/[\p{Cc}\p{Zl}\p{Zp}\uD800-\uDFFF]/gu, escapeCharacter);
  return `"${visible}"`;
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return shortEscapes[character] ?? `\\u${code}`;
}
