import { cleanPath } from './clean-path.ts';
import { compileGlob, type Glob } from './glob.ts';

/** Which patterns matched a directory: its children inherit that. */
export interface ParentMatch {
  readonly matched: boolean;
  readonly named: boolean;
  readonly perPattern: readonly boolean[];
}

export interface PatternMatcher {
  /** Pass the result for the directory above; undefined at the top. */
  match(path: string, parent: ParentMatch | undefined): ParentMatch;
}

interface CompiledPattern {
  readonly negated: boolean;
  readonly glob: Glob;
}

/**
 * Matches ignore-file patterns in order; the last one that applies wins, and `!` takes a match back.
 * `paths` are further paths that match as they are, special characters included.
 */
export function createPatternMatcher(
  patterns: readonly string[],
  paths: readonly string[] = [],
): PatternMatcher {
  const exact = new Set(paths);
  const compiled = patterns.map(compilePattern).filter((pattern) => pattern !== undefined);
  return {
    match(path, parent) {
      const named = parent?.named === true || exact.has(path);
      let matched = named;
      const perPattern = compiled.map(({ negated, glob }, index) => {
        const applies = parent?.perPattern[index] === true || glob(path);
        if (applies) matched = !negated;
        return applies;
      });
      return { matched, named, perPattern };
    },
  };
}

function compilePattern(pattern: string): CompiledPattern | undefined {
  const trimmed = pattern.trim();
  const negated = trimmed.startsWith('!');
  const body = negated ? trimmed.slice(1) : trimmed;
  if (body === '') return undefined;
  return { negated, glob: compileGlob(cleanPath(body)) };
}
