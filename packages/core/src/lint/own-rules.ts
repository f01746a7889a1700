import type { LintRule } from './rule.ts';
import { noLatestTag } from './rules/no-latest-tag.ts';

/** Our own rules; each has a page in the docs under its name. */
export const ownRules: readonly LintRule[] = [noLatestTag];
