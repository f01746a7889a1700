import type { InstructionNode } from '../ast/index.ts';
import type { OnBuildNode } from '../ast/on-build.ts';
import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { fail, locate } from './fail.ts';
import { triggerText } from './on-build.ts';
import type { StageState } from './stage-state.ts';
import { connectCommand, type StageTable } from './stage-table.ts';

/**
 * Puts the triggers of a stage's base before its own instructions; true when they read from other stages.
 *
 * Whatever goes wrong in a trigger is reported at the FROM that fires it.
 */
export function fireTriggers(state: StageState, table: StageTable, context: EvaluationContext): boolean {
  return locate(state.where, () => {
    const triggers = takeTriggers(state, context);
    const site = {
      escape: context.escape,
      owner: state.node?.from,
      where: state.where,
      isOnBuild: true,
    };
    const commands = triggers.map((node) => connectCommand(node, state, table, site));
    state.commands = [...commands, ...state.commands];
    return commands.some(({ sources }) => sources.length > 0);
  });
}

function takeTriggers(state: StageState, context: EvaluationContext): readonly InstructionNode[] {
  const texts = state.image.onBuild;
  state.image.onBuild = [];
  const fromImage = texts.map((text) => readInstruction(text, context));
  if (state.base === undefined || state.triggersRead) return fromImage;
  state.triggersRead = true;
  const fromStage = state.base.commands.flatMap(({ node }) =>
    node.kind === 'OnBuild' ? [readTrigger(node, context)] : [],
  );
  return [...fromImage, ...fromStage];
}

/** BuildKit reads the text of a trigger once more, as a file of its own whose escape token is a backslash. */
function readTrigger({ trigger, source }: OnBuildNode, context: EvaluationContext): InstructionNode {
  return source === undefined ? readRaw(trigger, context) : readInstruction(triggerText(source), context);
}

/** A raw instruction as the instruction it turns out to be. */
export function readRaw(node: InstructionNode, context: EvaluationContext): InstructionNode {
  return node.kind === 'Raw' ? readInstruction(node.text, context) : node;
}

function readInstruction(text: string, { tools }: EvaluationContext): InstructionNode {
  if (tools.parseInstruction === undefined) fail(`The instruction "${text}" can't be read without a parser.`);
  try {
    return tools.parseInstruction(text);
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
    // The place it names is one in the text of the trigger, not in the file.
    throw new StagecraftError('evaluation-error', error.message, { hint: error.hint, cause: error });
  }
}
