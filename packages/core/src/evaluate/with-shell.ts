import type { StageState } from './stage-state.ts';

/** The process that runs a text: the stage's SHELL, or the platform's. */
export function withShell(state: StageState, text: string): readonly string[] {
  const { shell, os } = state.image;
  if (shell.length > 0) return [...shell, text];
  return [...(os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c']), text];
}
