import { resumeStage } from '../builder/resume.ts';
import type { Stage } from '../builder/stage.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { type ParseOptions, parseDockerfile } from '../parse/parse-dockerfile.ts';
import { freeze } from '../util/freeze.ts';
import { importedName, toStages } from './to-stages.ts';

/** A Dockerfile as stage objects. */
export interface ImportedDockerfile {
  /** Every stage by name; unnamed ones are `stage-0`, `stage-1`… by their place in the file. */
  readonly stages: Readonly<Record<string, Stage>>;
  /** The last stage: what `docker build` builds. */
  readonly target: Stage;
}

/**
 * Reads a Dockerfile into the same stages that the fluent calls make, so that it can be extended.
 *
 * Directives are not kept: `# syntax` is derived from what is used. Throws `parse-error` with line and column.
 * @example
 * const { target } = fromDockerfile('FROM alpine\nCMD ["sh"]\n');
 * toDockerfile(target.user(65_532));
 * // FROM alpine
 * // CMD ["sh"]
 * // USER 65532
 */
export function fromDockerfile(text: string, options: ParseOptions = {}): ImportedDockerfile {
  const nodes = toStages(parseDockerfile(text, options));
  const stages = nodes.map((node, index) => [importedName(node, index), resumeStage(node)] as const);
  const target = stages.at(-1)?.[1];
  if (target === undefined) {
    throw new StagecraftError('parse-error', 'The file has no stage.', { hint: 'Add a FROM instruction.' });
  }
  return freeze({ stages: freeze(Object.fromEntries(stages)), target });
}
