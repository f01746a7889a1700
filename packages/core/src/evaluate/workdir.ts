import type { WorkdirNode } from '../ast/workdir.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { resolvePath, toSlash } from './paths.ts';
import { osOf, type StageState } from './stage-state.ts';

/** A relative path goes below the current directory; the directory is made unless it is the root. */
export function evaluateWorkdir(node: WorkdirNode, { evaluation, state, expand }: InstructionContext): void {
  enterDirectory(state, expand(node.path));
  if (state.workdir === '/') return;
  state.vertex = evaluation.vertices.add('mkdir', state.vertex, state.workdir, state.user).vertex;
}

/** Sets the directory without making it: also how a base image's working directory takes effect. */
export function enterDirectory(state: StageState, path: string): void {
  const os = osOf(state);
  const directory = resolvePath(state.image.workingDir, path, os);
  state.image.workingDir = os === 'windows' ? directory.replaceAll('/', '\\') : directory;
  state.workdir = toSlash(directory, os);
}
