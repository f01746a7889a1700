import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { FromNode } from '../ast/from.ts';
import type { StageNode } from '../ast/stage.ts';
import { createRawWord, type Word } from '../ast/word.ts';
import { wordText } from '../ast/word-text.ts';
import { whereOf } from '../source/where.ts';
import { isNamedContext } from './base-image.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { expandWord } from './expand-word.ts';
import { fail, locate } from './fail.ts';
import { type Platform, parsePlatform } from './platform.ts';
import { createStageState, type StageState } from './stage-state.ts';
import { createStageTable, type StageTable } from './stage-table.ts';

/** Expands every FROM line, also of stages the target does not need. */
export function createStages(dockerfile: DockerfileNode, context: EvaluationContext): StageTable {
  const table = createStageTable();
  for (const [index, stage] of dockerfile.stages.entries()) {
    table.add(locate(whereOf(stage.from), () => createStage(stage, index, dockerfile, context)));
  }
  return table;
}

function createStage(
  stage: StageNode,
  index: number,
  dockerfile: DockerfileNode,
  context: EvaluationContext,
): StageState {
  const { globalArgs, tools } = context;
  const { from } = stage;
  const word = baseWord(from, dockerfile);
  const base = expandWord(word, globalArgs);
  const platform = from.platform === undefined ? undefined : expandWord(from.platform, globalArgs);
  tools.observer?.from?.({
    stage,
    index,
    base,
    ...(platform === undefined ? {} : { platform }),
    globals: globalArgs,
  });
  if (base.value === '')
    fail(`The base image "${wordText(word)}" of a FROM is empty.`, 'Give the ARG it names a default.');
  const parsed = platform === undefined ? undefined : readPlatform(platform.value);
  const name = from.name?.toLowerCase() ?? '';
  return createStageState({
    index,
    node: stage,
    name,
    label: name === '' ? `stage-${index}` : name,
    baseName: base.value,
    owner: from,
    where: whereOf(from),
    replaced: name !== '' && isNamedContext(name, context),
    ...(parsed === undefined ? {} : { platform: parsed }),
  });
}

function readPlatform(text: string): Platform {
  if (text === '') fail('The --platform of a FROM is empty.', 'Give the ARG it names a default.');
  return parsePlatform(text);
}

/** What a FROM names, as a word to expand. */
export function baseWord({ base, source }: FromNode, dockerfile: DockerfileNode): Word {
  switch (base.kind) {
    case 'image':
      return base.image;
    case 'stage':
      return base.stage.from.name?.toLowerCase() ?? `stage-${dockerfile.stages.indexOf(base.stage)}`;
    default:
      // A name that was read may be quoted or hold variables.
      return source === undefined ? base.name : createRawWord(base.name, dockerfile.escape);
  }
}
